package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A leader whose transactions are refused until an operator does something (consumer-groups D4). */
final class RefusedLeaderTest {
    private static final int MINUTE = 60_000;
    private static final Timing TIMING = new Timing(200, 2_000, 8_000, 5_000, 2_000, 300_000);

    private final SimGroup group = new SimGroup(1, 6, config -> config.with(TIMING));

    private void refuse(String path, ErrorCode why) {
        group.world.refusal = ops -> {
            for (int i = 0; i < ops.size(); i++) {
                if (!(ops.get(i) instanceof TreeOp.Check) && ops.get(i).path().startsWith(path)) {
                    return Answer.failed(why, i);
                }
            }
            return null;
        };
    }

    private void isSaidOnceAndTriedSlowly() {
        group.world.run(MINUTE);
        assertThat(group.world.refused).isBetween(5, 25);
        assertThat(group.world.trace.stream().filter(line -> line.contains("complains")))
                .hasSize(1);
    }

    private void isWellAgain() {
        group.world.refusal = ops -> null;
        group.settle();
        group.allIsWell();
    }

    @Test
    void targetsThatAreRefused() {
        group.join();
        group.settle();
        refuse(group.world.paths.targets() + "/", ErrorCode.QUOTA_EXCEEDED);
        group.join();
        isSaidOnceAndTriedSlowly();
        isWellAgain();
    }

    @Test
    void anEpochThatIsRefused() {
        SimMember first = group.join();
        group.settle();
        group.join();
        group.settle();
        refuse(group.world.paths.leaderEpoch(), ErrorCode.NO_AUTH);
        first.kill();
        isSaidOnceAndTriedSlowly();
        isWellAgain();
    }

    @Test
    void aModeThatIsRefused() {
        group.join();
        group.settle();
        group.world.refusal = ops -> {
            for (int i = 0; i < ops.size(); i++) {
                if (ops.get(i) instanceof TreeOp.SetData && ops.get(i).path().equals(group.world.paths.quorate())) {
                    return Answer.failed(ErrorCode.NO_AUTH, i);
                }
            }
            return null;
        };
        OldConsumer old = new OldConsumer(group.world, "g_old", Subscription.topics(List.of(SimGroup.TOPIC)));
        isSaidOnceAndTriedSlowly();
        group.world.refusal = ops -> null;
        group.world.run(10_000);
        assertThat(group.world.checks.mode()).isEqualTo(GroupMode.COMPAT);
        old.leave();
    }
}
