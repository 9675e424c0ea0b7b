package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whole ensembles with faults. Each build runs a few hundred seeds; {@code -Dquorate.sim.seeds=100000} runs more, and
 * {@code -Dquorate.sim.from} others.
 */
final class SeedsTest {

    private static final long SEEDS = Long.getLong("quorate.sim.seeds", 200);
    private static final long FROM = Long.getLong("quorate.sim.from", 1);

    @Test
    void whateverGoesWrongWhatMustHoldHolds() throws InterruptedException {
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        SeedTotals totals = new Seeds(() -> Plant.NONE, threads, false).run(FROM, SEEDS, result -> {});

        assertThat(text(totals.bad())).as(totals.toString()).isEmpty();
        assertThat(totals.seeds()).isEqualTo(SEEDS);
    }

    private static String text(List<SeedResult> bad) {
        return bad.stream()
                .map(result -> result.violation().getMessage() + "\n  again: " + SeedRun.replay(result.seed()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aSeedGoesTheSameWayEveryTime() {
        for (long seed = 1; seed <= 3; seed++) {
            SeedResult once = SeedRun.run(seed, Plant.NONE, false);
            SeedResult told = SeedRun.run(seed, Plant.NONE, true);

            assertThat(told.hash()).as("seed " + seed).isEqualTo(once.hash());
            assertThat(told.micros()).isEqualTo(once.micros());
            assertThat(told.story()).isNotEmpty();
        }
    }

    @Test
    void otherSeedsGoOtherWays() {
        assertThat(SeedRun.run(1, Plant.NONE, false).hash())
                .isNotEqualTo(SeedRun.run(2, Plant.NONE, false).hash());
    }

    @Test
    void aRunIsEventful() throws InterruptedException {
        long[] sums = new long[4];
        new Seeds(() -> Plant.NONE, 1, false).run(500, 10, result -> {
            sums[0] += result.answers();
            sums[1] += result.committed();
            sums[2] += result.faults();
            sums[3] += result.leaders();
        });

        assertThat(sums[0]).as("answers").isGreaterThan(1000);
        assertThat(sums[1]).as("transactions").isGreaterThan(500);
        assertThat(sums[2]).as("faults").isGreaterThan(50);
        assertThat(sums[3]).as("leaders").isGreaterThan(10);
    }
}
