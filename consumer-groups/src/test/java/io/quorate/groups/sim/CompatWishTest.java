package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.LegacyPolicy;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Members that want compat mode in groups that are native (consumer-groups D6): they lead nobody, and still get their share. */
final class CompatWishTest {
    private static final int PARTITIONS = 6;
    private static final Policy REJECT = Policy.DEFAULT.with(LegacyPolicy.REJECT);
    private static final UnaryOperator<GroupConfig> COMPAT =
            config -> config.with(Policy.DEFAULT.with(ModeWish.COMPAT));

    private final SimGroup group = new SimGroup(1, PARTITIONS, UnaryOperator.identity());

    private void isCompatAndWell() {
        group.settle();
        assertThat(group.world.checks.mode()).isEqualTo(GroupMode.COMPAT);
        group.allIsWell();
    }

    @Test
    void whoComesBackToADesertedGroupTakesItOver() {
        SimMember first = group.join();
        group.settle();
        first.step(() -> first.machine().leave(true));
        group.settle();
        group.join(COMPAT);
        group.join(COMPAT);
        isCompatAndWell();
    }

    /** There is a target of its name, for the id of its last life. */
    @Test
    void whoComesBackUnderItsNameTakesItOver() {
        UnaryOperator<GroupConfig> fixed = config -> config.with(Identity.fixed("i"));
        SimMember first = group.join(fixed);
        group.settle();
        first.step(() -> first.machine().leave(false));
        group.settle();
        group.join(config -> COMPAT.apply(fixed.apply(config)));
        isCompatAndWell();
    }

    @Test
    void whoIsRejectedTakesOverWhenTheLastNativeMemberHasGone() {
        SimMember first = group.join(config -> config.with(REJECT));
        group.settle();
        group.join(COMPAT);
        OldConsumer old = new OldConsumer(group.world, "g_old", Subscription.topics(List.of(SimGroup.TOPIC)));
        group.settle();
        assertThat(group.world.checks.mode()).isEqualTo(GroupMode.NATIVE);
        assertThat(first.host.positions()).hasSize(PARTITIONS);
        first.step(() -> first.machine().leave(true));
        isCompatAndWell();
        old.leave();
        isCompatAndWell();
    }

    @Test
    void aLeaderThatDiesBeforeItCouldGiveWayIsNotWaitedForForEver() {
        SimMember leader = group.join();
        group.settle();
        group.join(COMPAT);
        group.until(() -> group.world.tree.children(group.world.paths.ids()).size() == 2);
        leader.kill();
        isCompatAndWell();
    }

    @Test
    void whereAnotherMayLeadThatOneDecides() {
        SimMember leader = group.join(config -> config.with(REJECT));
        group.settle();
        SimMember next = group.join(config -> config.with(REJECT));
        group.join(COMPAT);
        group.settle();
        leader.kill();
        group.settle();
        assertThat(group.world.checks.mode()).isEqualTo(GroupMode.NATIVE);
        assertThat(next.host.positions()).hasSize(PARTITIONS);
    }
}
