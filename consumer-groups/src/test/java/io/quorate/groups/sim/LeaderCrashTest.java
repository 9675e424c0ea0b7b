package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import org.junit.jupiter.api.Test;

/** A leader dies right after its k-th transaction, for every k that there is in a story with everything a leader does (F2.9). */
final class LeaderCrashTest {
    private static final Timing QUICK = new Timing(200, 2_000, 8_000, 5_000, 2_000, 300_000);
    private static final int PARTITIONS = 7;
    private static final int TRANSACTIONS_MAX = 1_000;

    @Test
    void theNextOneGoesOnWhereverALeaderDies() {
        int crashes = 0;
        for (int k = 1; k < TRANSACTIONS_MAX; k++) {
            if (!survives(k)) {
                break;
            }
            crashes++;
        }
        // It takes the lead, gives shares, changes them with each arrival and departure, and changes the mode twice.
        assertThat(crashes).as("transactions after which the leader died").isBetween(8, TRANSACTIONS_MAX - 2);
    }

    /** Gives false if there were not so many transactions. */
    private static boolean survives(int k) {
        SimGroup group = new SimGroup(k, PARTITIONS, config -> config.with(QUICK));
        SimMember leader = group.join();
        group.world.killAfter(leader, k);
        group.world.run(1_000);
        group.join();
        group.join(config -> config.with(Identity.fixed("fixed")));
        group.settle();
        OldConsumer old = new OldConsumer(group.world, "g_old", Subscription.topics(java.util.List.of("t")));
        group.settle();
        old.leave();
        group.settle();
        SimMember last = group.join();
        group.settle();
        last.step(() -> last.machine().leave(true));
        group.settle();
        group.settle();
        assertThat(group.world.checks.mode()).as("after transaction %d", k).isEqualTo(GroupMode.NATIVE);
        group.allIsWell();
        return leader.isDead();
    }
}
