package io.quorate.xcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** ZooKeeper against ZooKeeper: proves that the masks let two correct servers pass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DifferentialSelfCheckTest {

    private static final long SEED = Long.getLong("quorate.xcheck.seed", 1);
    private static final int ROUND = Integer.getInteger("quorate.xcheck.round", -1);
    private static final int REQUESTS = Integer.getInteger("quorate.xcheck.selfcheck.requests", 10_000);

    private Pair pair;

    @BeforeAll
    void startBoth() {
        pair = Pair.start(Pair.Candidate.ZOOKEEPER, Map.of());
    }

    @AfterAll
    void stopBoth() {
        pair.close();
    }

    @Test
    void zooKeeperAgreesWithZooKeeper() {
        DifferentialRun run = pair.run();

        new Rounds("DifferentialSelfCheckTest", SEED).run(run, REQUESTS, ROUND, null);

        System.out.println(run.tally());
        assertThat(run.requests()).isPositive();
    }
}
