package io.quorate.xcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ZooKeeper against ZooKeeper: proves that the masks let two correct servers pass, and that they hide no mistake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DifferentialSelfCheckTest {

    private static final long SEED = Long.getLong("quorate.xcheck.seed", 1);
    private static final int ROUND = Integer.getInteger("quorate.xcheck.round", -1);
    private static final int REQUESTS = Integer.getInteger("quorate.xcheck.selfcheck.requests", 4_000);

    private Pair pair;
    private DifferentialRun run;
    private Plant planted;

    @BeforeAll
    void startBoth() {
        pair = Pair.start(Pair.Candidate.ZOOKEEPER, Map.of());
        run = pair.run(this::tamper);
    }

    @AfterAll
    void stopBoth() {
        pair.close();
    }

    private List<byte[]> tamper(byte[] frame) {
        if (planted == null || !planted.fits(frame)) {
            return List.of(frame);
        }
        List<byte[]> spoiled = planted.spoil(frame);
        planted = null;
        return spoiled;
    }

    @Test
    @Order(1)
    void zooKeeperAgreesWithZooKeeper() {
        Tally tally = new Rounds("DifferentialSelfCheckTest", SEED).run(REQUESTS, ROUND, () -> run, 1);

        assertThat(tally.of("create 0")).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void plantedMistakeIsFound(Plant plant) {
        List<Step> steps = new RoundMaker(SEED).steps(600, false, false);
        planted = plant;

        assertThatThrownBy(() -> run.round(steps))
                .as("seed " + SEED)
                .isInstanceOf(DifferenceFound.class)
                .hasMessageContaining("the last steps");

        assertThat(planted).as("it was never planted").isNull();
        run.disconnect();
        run.round(List.of());
    }
}
