package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.Timing;
import org.junit.jupiter.api.Test;

/** A static member that leaves for good gives up its name, and takes nobody else's with it. */
final class StaticLeaveTest {
    private static final int PARTITIONS = 6;
    private static final long GRACE_MILLIS = 60_000;
    private static final Timing TIMING = new Timing(200, 10_000, 30_000, GRACE_MILLIS, 10_000, 300_000);

    private final SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(TIMING));
    private final SimMember leader = group.join();

    private SimMember joinAsI() {
        group.until(() -> leader.machine().isLeader());
        return group.join(config -> config.with(Identity.fixed("i")));
    }

    @Test
    void itsShareIsForTheOthersAtOnce() {
        SimMember fixed = joinAsI();
        group.settle();
        fixed.step(() -> fixed.machine().leave(true));
        group.world.run(2_000);
        assertThat(leader.host.positions()).hasSize(PARTITIONS);
        group.allIsWell();
    }

    @Test
    void itsShareWaitsIfItOnlyGoesAway() {
        SimMember fixed = joinAsI();
        group.settle();
        fixed.step(() -> fixed.machine().leave(false));
        group.world.run(GRACE_MILLIS - 1_000);
        assertThat(leader.host.positions()).hasSize(PARTITIONS / 2);
        group.world.run(3_000);
        assertThat(leader.host.positions()).hasSize(PARTITIONS);
    }

    @Test
    void whoHasTakenItsNameBeforeItHadStoppedKeepsTheShare() {
        SimMember fixed = joinAsI();
        group.settle();
        fixed.host.stubborn = true;
        fixed.host.stubbornMillisMin = 5_000;
        fixed.step(() -> fixed.machine().leave(true));
        group.world.run(500);
        SimMember successor = joinAsI();
        group.settle();
        assertThat(fixed.isDead()).isTrue();
        assertThat(successor.host.positions()).hasSize(PARTITIONS / 2);
        group.allIsWell();
    }
}
