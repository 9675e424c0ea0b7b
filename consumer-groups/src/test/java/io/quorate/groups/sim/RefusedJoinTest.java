package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A member that cannot join asks less and less often, says so once, and is in when it can be. */
final class RefusedJoinTest {
    private static final long MINUTE = 60_000;
    /** So often a minute is asked at most, with all that is doubled and looked at again. */
    private static final int PATIENT = 40;

    private final SimGroup group = new SimGroup(1, 6, UnaryOperator.identity());
    private final World world = group.world;

    @Test
    void aChrootThatIsNotThereIsWaitedFor() {
        Predicate<TreeOp> rootless =
                op -> op instanceof TreeOp.Create && op.path().equals(GroupPaths.CONSUMERS);
        world.refusal = ops -> ops.stream().anyMatch(rootless) ? Answer.failed(ErrorCode.NO_NODE, 0) : null;
        staysOut("a group in a chroot that is not there is refused: NO_NODE");
        world.refusal = ops -> null;
        isIn();
    }

    @Test
    void aGroupWhoseModeMayNotBeReadIsLeftAlone() {
        SimMember first = group.join();
        group.settle();
        first.step(() -> first.machine().leave(true));
        group.until(first::isDead);
        world.tree.closed = path -> path.equals(world.paths.quorate());
        staysOut("a group is refused: NO_AUTH");
        world.tree.closed = path -> false;
        isIn();
    }

    /** What may not be read may be full of old consumers. */
    @Test
    void aGroupWhoseMembersMayNotBeReadIsNotTakenForEmpty() {
        OldConsumer old = new OldConsumer(world, "g_old", Subscription.topics(List.of("t")));
        group.settle();
        world.tree.closed = path -> path.equals(world.paths.ids());
        staysOut("a group is refused: NO_AUTH");
        assertThat(world.tree.get(world.paths.quorate())).isNull();
        world.tree.closed = path -> false;
        old.leave();
        isIn();
    }

    @Test
    void aParentThatMayNotBeReadIsThere() {
        world.tree.multi(Checks.OPERATOR, List.of(TreeOp.plain(GroupPaths.CONSUMERS)));
        world.tree.closed = path -> path.equals(GroupPaths.CONSUMERS);
        group.join();
        group.settle();
        isIn();
    }

    private void staysOut(String why) {
        SimMember member = group.join();
        long transactions = world.transactions + world.refused;
        long reads = world.tree.reads();
        world.run(MINUTE);
        assertThat(member.host.positions()).isEmpty();
        assertThat(world.transactions + world.refused - transactions).isLessThan(PATIENT);
        assertThat(world.tree.reads() - reads).isLessThan(3 * PATIENT);
        assertThat(world.trace.stream().filter(line -> line.contains("complains")))
                .singleElement()
                .asString()
                .endsWith(why);
    }

    private void isIn() {
        group.settle();
        group.allIsWell();
    }
}
