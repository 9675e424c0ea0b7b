package io.quorate.registry.sim;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many seeds, each another story. How many is set by {@code -Dquorate.registry.seeds}, where to begin by {@code .seed}. */
final class SimulationTest {
    private static final long SEED = Long.getLong("quorate.registry.seed", 1);
    private static final long SEEDS = Long.getLong("quorate.registry.seeds", 300);

    @Test
    void everyStoryEndsWell() {
        LongStream.range(SEED, SEED + SEEDS).parallel().forEach(SimulationTest::story);
    }

    private static void story(long seed) {
        try {
            new SimRun(seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + "; replay: mvn -pl wire,broker-registry test -Dtest=SimulationTest "
                            + "-Dsurefire.failIfNoSpecifiedTests=false -Dquorate.registry.seed=" + seed
                            + " -Dquorate.registry.seeds=1",
                    e);
        }
    }
}
