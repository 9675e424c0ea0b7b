package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Timing;
import org.junit.jupiter.api.Test;

/** Who is thrown out of a group, and what of it is nobody else's loss (consumer-groups D4). */
final class EvictionTest {
    private static final int PARTITIONS = 6;
    private static final Timing IN_TIME = new Timing(200, 3_000, 8_000, 60_000, 10_000, 300_000);
    private static final Timing TOO_LATE = new Timing(200, 60_000, 2_000, 60_000, 10_000, 300_000);
    private static final int SEEDS = 2;
    /** So long before or after an eviction has begun the member's session may end. */
    private static final int MILLIS_MAX = 25;

    @Test
    void aMemberThatGivesUpInTimeIsNotThrownOutHoweverOftenItHasTo() {
        SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(IN_TIME));
        group.join().host.stubborn = true;
        for (int i = 0; i < 20; i++) {
            SimMember other = group.join();
            group.world.run(3_000 + 170 * i);
            other.step(() -> other.machine().leave(true));
            group.world.run(1_000);
        }
        assertThat(group.world.checks.evictions).isZero();
        group.settle();
        group.allIsWell();
    }

    /** The leader has seen what a member holds; by the time it acts, the member may be gone and another have that. */
    @Test
    void anEvictionTakesNothingFromAnybodyElse() {
        int evicted = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimGroup group = new SimGroup(seed, PARTITIONS, config -> config.with(TOO_LATE));
            evicted += evict(group, Long.MAX_VALUE);
            for (int millis = -MILLIS_MAX; millis < MILLIS_MAX; millis++) {
                SimGroup again = new SimGroup(seed, PARTITIONS, config -> config.with(TOO_LATE));
                evict(again, group.world.now() + millis);
                again.settle();
                again.allIsWell();
            }
        }
        assertThat(evicted).as("members thrown out in all runs").isGreaterThan(0);
    }

    /** Ends the session of a member that is stuck at some time, or returns at its eviction. */
    private static int evict(SimGroup group, long sessionEnds) {
        group.join();
        group.settle();
        SimMember stuck = group.join();
        group.settle();
        stuck.host.stubborn = true;
        group.join();
        long end = Math.min(sessionEnds, group.world.now() + 10_000);
        while (group.world.now() < end && (sessionEnds < Long.MAX_VALUE || group.world.checks.evictions == 0)) {
            group.world.run(1);
        }
        if (end == sessionEnds) {
            stuck.kill();
            stuck.expire();
        }
        return group.world.checks.evictions;
    }
}
