package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.Timing;
import org.junit.jupiter.api.Test;

/** Whoever holds what it must not is thrown out, whatever befalls the leader that watches it (consumer-groups D4). */
final class StuckAuditTest {
    private static final int PARTITIONS = 6;
    private static final long REBALANCE_TIMEOUT = 2_000;
    private static final Timing TOO_LATE = new Timing(200, 60_000, REBALANCE_TIMEOUT, 60_000, 10_000, 300_000);

    private static final long PATIENCE = 40_000;
    /** A look takes a way there and one back; by then it is over. */
    private static final int LOOK_MILLIS_MAX = 30;

    /** Whose connection is lost in the middle of a look has no other reason to look again. */
    @Test
    void aLookThatFailsIsRepeated() {
        for (int millis = -LOOK_MILLIS_MAX; millis < LOOK_MILLIS_MAX; millis += 2) {
            SimGroup group = new SimGroup(5, PARTITIONS, config -> config.with(TOO_LATE));
            SimMember leader = group.join();
            group.settle();
            stick(group);
            group.world.run(REBALANCE_TIMEOUT / 2 + millis);
            leader.cut();
            awaitEviction(group, "cut after " + millis);
        }
    }

    /** The targets are as they should be, so it writes none. */
    @Test
    void aNewLeaderLooksBeforeItHasWrittenAnything() {
        SimGroup group = new SimGroup(5, PARTITIONS, config -> config.with(TOO_LATE)
                .with(Identity.fixed(config.identity().client())));
        SimMember leader = group.join();
        group.settle();
        stick(group);
        leader.kill();
        awaitEviction(group, "a new leader");
    }

    /** One that keeps what was taken from it for a third. */
    private static void stick(SimGroup group) {
        SimMember stuck = group.join();
        group.settle();
        stuck.host.stubborn = true;
        stuck.host.stubbornMillisMax = Integer.MAX_VALUE;
        group.join();
        String held = "m1 revoke";
        group.until(() -> group.world.trace.stream().anyMatch(line -> line.contains(held)));
    }

    private static void awaitEviction(SimGroup group, String what) {
        long end = group.world.now() + PATIENCE;
        while (group.world.checks.evictions == 0 && group.world.now() < end) {
            group.world.run(100);
        }
        assertThat(group.world.checks.evictions).as(what).isPositive();
    }
}
