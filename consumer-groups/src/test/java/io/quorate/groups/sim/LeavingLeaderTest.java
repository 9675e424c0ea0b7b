package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Timing;
import org.junit.jupiter.api.Test;

/** A leader that leaves, and whose host takes its time to stop: the group does not wait for either. */
final class LeavingLeaderTest {
    private static final int PARTITIONS = 6;
    private static final Timing TIMING = new Timing(200, 30_000, 60_000, -1, 10_000, 300_000);

    private final SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(TIMING));
    private final SimMember leader = group.join();

    @Test
    void anotherLeadsWhileItStops() {
        group.until(() -> leader.machine().isLeader());
        SimMember other = group.join();
        group.settle();
        leader.host.stubborn = true;
        leader.host.stubbornMillisMin = 10_000;
        leader.step(() -> leader.machine().leave(true));
        group.world.run(1_000);
        SimMember late = group.join();
        group.world.run(2_000);
        assertThat(leader.isDead()).as("the leader has left").isFalse();
        assertThat(other.machine().isLeader()).isTrue();
        assertThat(late.host.positions()).isNotEmpty();
        group.settle();
        group.settle();
        assertThat(leader.isDead()).as("the leader has left").isTrue();
        group.allIsWell();
    }
}
