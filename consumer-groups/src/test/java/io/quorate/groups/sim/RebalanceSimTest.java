package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Random runs of whole groups; {@code -Dquorate.groups.seed=N} replays one and prints what happened. */
final class RebalanceSimTest {
    private static final int SEEDS = Integer.getInteger("quorate.groups.seeds", 300);
    private static final long SEED = Long.getLong("quorate.groups.seed", -1);

    @Test
    void invariantsHold() {
        if (SEED >= 0) {
            replay(SEED);
            return;
        }
        long processed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            processed += run(seed).world().checks.processed;
        }
        assertThat(processed).as("records processed in all runs").isGreaterThan(SEEDS * 100L);
    }

    @Test
    void aSeedGivesTheSameRunAgain() {
        assertThat(run(7).world().trace).isEqualTo(run(7).world().trace);
    }

    private static RandomRun run(long seed) {
        RandomRun run = new RandomRun(seed);
        try {
            run.run();
            return run;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + "; replay: mvn test -pl consumer-groups -am -Dtest=RebalanceSimTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.groups.seed=" + seed,
                    e);
        }
    }

    private static void replay(long seed) {
        RandomRun run = new RandomRun(seed);
        try {
            run.run();
        } finally {
            List<String> trace = run.world().trace;
            trace.forEach(System.out::println);
        }
    }
}
