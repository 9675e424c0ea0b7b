package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A group that works while old consumers come and go, and with them its mode, a hundred times (consumer-groups F2.8). */
final class ModeSwitchTest {
    private static final int SWITCHES = Integer.getInteger("quorate.groups.switches", 100);
    private static final long SEED = Long.getLong("quorate.groups.switches.seed", System.nanoTime() & 0xffffff);
    private static final int PARTITIONS = 12;
    private static final Timing TIMING = new Timing(500, 3_000, 10_000, -1, 1_000, 300_000);

    private final SimGroup group = new SimGroup(SEED, PARTITIONS, config -> config.with(TIMING));

    @Test
    void nothingIsLostOrOwnedTwiceWhenTheModeChangesUnderLoad() {
        System.out.printf(
                "seed %d; again with: mvn -pl wire,consumer-groups test -Dtest=ModeSwitchTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.groups.switches.seed=%d%n",
                SEED, SEED);
        for (int m = 0; m < 4; m++) {
            group.join();
        }
        group.settle();
        long processed = 0;
        for (int i = 0; i < SWITCHES / 2; i++) {
            OldConsumer old = new OldConsumer(group.world, "g_old" + i, Subscription.topics(List.of(SimGroup.TOPIC)));
            awaitMode(GroupMode.COMPAT);
            group.world.run(group.world.random.nextInt(6_000));
            old.leave();
            awaitMode(GroupMode.NATIVE);
            group.world.run(group.world.random.nextInt(2_000));
            assertThat(group.world.checks.processed)
                    .as("records after switch %d", 2 * i + 2)
                    .isGreaterThan(processed);
            processed = group.world.checks.processed;
        }
        group.settle();
        group.allIsWell();
    }

    private void awaitMode(GroupMode mode) {
        group.until(() -> group.world.checks.mode() == mode);
    }
}
