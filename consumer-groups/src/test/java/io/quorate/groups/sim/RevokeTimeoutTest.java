package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Timing;
import org.junit.jupiter.api.Test;

/** How long a host may take to give something up (consumer-groups D3 and D5). */
final class RevokeTimeoutTest {
    private static final Timing TWO_SECONDS = new Timing(200, 2_000, 60_000, 60_000, 10_000, 300_000);

    /** Old consumers give up after some seconds: who is not done by then leaves them without. */
    @Test
    void theTimeRunsOnOverLostConnections() {
        SimGroup group = new SimGroup(3, 6, config -> config.with(TWO_SECONDS));
        SimMember first = group.join();
        group.settle();
        first.host.stubborn = true;
        first.host.stubbornMillisMin = 10_000;
        SimMember second = group.join();
        group.until(() -> group.world.trace.stream().anyMatch(line -> line.contains("m0 revoke")));
        for (int i = 0; i < 4; i++) {
            group.world.run(600);
            first.cut();
        }
        group.world.run(1_000);
        assertThat(second.host.positions()).hasSize(3);
        assertThat(group.world.trace).anyMatch(line -> line.contains("m0 overdue"));
    }
}
