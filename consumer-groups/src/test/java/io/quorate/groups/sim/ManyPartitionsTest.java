package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.rebalance.BatchLimits;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** More partitions for one member than a client lets requests wait: they are not asked for one by one (consumer-groups D3). */
final class ManyPartitionsTest {
    @Test
    void aMemberTakesMoreThanAClientLetsWait() {
        SimGroup group = new SimGroup(1, SimMember.OUTSTANDING_MAX + 100, UnaryOperator.identity());
        group.world.hostsWork = false;
        SimMember one = group.join();
        group.settle();
        assertThat(one.host.positions()).hasSize(SimMember.OUTSTANDING_MAX + 100);
    }

    /** The first of them does not let go in time, so the second has to wait for each of its partitions. */
    @Test
    void thoseHeldByOthersAreWatchedAFewAtATime() {
        Timing timing = new Timing(200, 2_000, 60_000, 60_000, 10_000, 300_000);
        SimGroup group = new SimGroup(1, 200, config -> config.with(timing));
        group.world.outstandingMax = 30;
        group.world.limits = new BatchLimits(200, 500, 50, 20);
        SimMember first = group.join();
        group.settle();
        first.host.stubborn = true;
        SimMember second = group.join();
        group.settle();
        assertThat(second.host.positions()).hasSize(100);
        group.allIsWell();
    }
}
