package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.wire.proto.ErrorCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** That too long is noticed, and not before. */
final class RestBoundsTest {
    private static final Timing TIMING = new Timing(500, 2_000, 8_000, 5_000, 4_000, 300_000);
    private static final int PARTITIONS = 4;
    private static final int STEP_MILLIS = 50;

    private final SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(TIMING));
    private final RestBounds bounds = new RestBounds(group.world, TIMING);
    private final Set<TopicPartition> wanted = new TreeSet<>();

    private void twoMembers() {
        group.world.isCalm = true;
        group.join();
        group.join();
        group.settle();
        wanted.addAll(group.world.checks.owners().keySet());
        assertThat(wanted).hasSize(PARTITIONS);
    }

    private void check(long millis) {
        for (long passed = 0; passed < millis; passed += STEP_MILLIS) {
            group.world.run(STEP_MILLIS);
            bounds.check(group.members, wanted, false);
        }
    }

    private void refuse(Predicate<TreeOp> refused) {
        group.world.refusal = ops -> ops.stream().anyMatch(refused) ? Answer.none(ErrorCode.OPERATION_TIMEOUT) : null;
    }

    @Test
    void partitionsThatAreNobodysForTooLong() {
        twoMembers();
        refuse(op -> op instanceof TreeOp.Create && op.path().startsWith(group.world.paths.owners()));
        group.members.get(1).kill();
        check(SimMember.SESSION_TIMEOUT);
        assertThatThrownBy(() -> check(20_000)).isInstanceOf(Violation.class).hasMessageStartingWith("G5");
        refuse(op -> false);
        check(0);
        group.settle();
        check(20_000);
    }

    @Test
    void aMemberThatGoesWithoutItsShareForTooLong() {
        twoMembers();
        refuse(op -> op instanceof TreeOp.Delete && op.path().startsWith(group.world.paths.owners()));
        group.join();
        check(1_000);
        assertThatThrownBy(() -> check(7_000)).isInstanceOf(Violation.class).hasMessageStartingWith("G10");
    }
}
