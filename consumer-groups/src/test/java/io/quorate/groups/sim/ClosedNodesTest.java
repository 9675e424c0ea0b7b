package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What may not be read any more, because somebody has changed its ACL, is not taken for missing: everybody keeps what it has,
 * says so once, looks ever more rarely, and goes on when it may.
 */
final class ClosedNodesTest {
    private static final int PARTITIONS = 6;
    private static final int MANY = 120;
    private static final int LONG_MILLIS = 240_000;
    /** So much more often all of them together look in that time. */
    private static final int READS_MAX = 300;

    /** Who has looked in vain looks again within so long. */
    private static final int CLOSED_MILLIS = 60_000;

    private static final UnaryOperator<GroupConfig> COMPAT =
            config -> config.with(Policy.DEFAULT.with(ModeWish.COMPAT));

    private final SimGroup group = new SimGroup(1, PARTITIONS, UnaryOperator.identity());
    private final World world = group.world;

    private void close(String path) {
        world.tree.closed = path::equals;
    }

    private void open() {
        world.tree.closed = path -> false;
        group.world.run(CLOSED_MILLIS);
        group.settle();
        group.allIsWell();
    }

    private void nothingMoves(Runnable whatHappens) {
        Map<TopicPartition, String> before = world.checks.owners();
        assertThat(before).hasSize(PARTITIONS);
        isPatient(whatHappens);
        assertThat(world.checks.owners()).isEqualTo(before);
        assertThat(group.members).noneMatch(SimMember::isDead);
    }

    /** Compared with as long before. */
    private void isPatient(Runnable whatHappens) {
        long usual = readsIn(() -> {});
        assertThat(readsIn(whatHappens)).isLessThan(usual + READS_MAX);
    }

    private long readsIn(Runnable whatHappens) {
        long before = world.tree.reads();
        whatHappens.run();
        world.run(LONG_MILLIS);
        return world.tree.reads() - before;
    }

    private long complaints(String what) {
        return world.trace.stream()
                .filter(line -> line.contains("complains: " + what))
                .count();
    }

    /** With nobody beside it, so that the first leads. */
    private SimMember joinAlone() {
        SimMember member = group.join();
        group.settle();
        return member;
    }

    private void leave(SimMember member) {
        member.step(() -> member.machine().leave(true));
        group.until(member::isDead);
        group.members.remove(member);
    }

    @Test
    void aLeaderDoesNotTakeItsGroupForEmpty() {
        group.join();
        group.join();
        group.settle();
        nothingMoves(() -> {
            close(world.paths.ids());
            group.join();
        });
        assertThat(complaints("what a leader decides by is refused: NO_AUTH")).isEqualTo(1);
        open();
    }

    @Test
    void aLeaderThatMayNotReadATargetLeavesAllAlone() {
        SimMember leader = joinAlone();
        joinAlone();
        SimMember third = joinAlone();
        isPatient(() -> {
            close(world.paths.target(third.machine().memberId()));
            leader.kill();
            group.members.remove(leader);
        });
        assertThat(third.host.positions()).hasSize(PARTITIONS / 3);
        assertThat(complaints("what a leader decides by is refused: NO_AUTH")).isEqualTo(1);
        open();
    }

    @Test
    void aMemberThatMayNotReadItsTargetKeepsWhatItHas() {
        group.join();
        SimMember other = group.join();
        group.settle();
        nothingMoves(() -> close(world.paths.target(other.machine().memberId())));
        assertThat(complaints("what a member's share follows from is refused: NO_AUTH"))
                .isEqualTo(1);
        open();
    }

    /** By then somebody else may have what it had. */
    @Test
    void aMemberThatMayNotReadItsTargetIsThrownOutAllTheSame() {
        group.join();
        SimMember other = group.join();
        group.settle();
        // No commit shall tell it.
        world.hostsWork = false;
        String id = other.machine().memberId();
        close(world.paths.target(id));
        other.cut();
        world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Delete(world.paths.id(id), TreeOp.ANY)));
        group.until(() -> !id.equals(other.machine().memberId()));
        world.hostsWork = true;
        open();
    }

    /** It can prove nothing by what it may not read: in another life it can. */
    @Test
    void aMemberThatMayNotReadItsRegistrationBeginsAnew() {
        group.join();
        SimMember other = group.join();
        group.settle();
        String id = other.machine().memberId();
        close(world.paths.id(id));
        world.run(LONG_MILLIS);
        assertThat(other.machine().memberId()).isNotEqualTo(id);
        group.allIsWell();
    }

    /** The one who may not be read knows no other way to live: it does not commit, and does not look. */
    @Test
    void aLeaderLeavesTheShareOfWhomItMayNotRead() {
        SimMember leader = joinAlone();
        joinAlone();
        SimMember third = joinAlone();
        String id = third.machine().memberId();
        third.freeze(3_000);
        close(world.paths.id(id));
        leave(leader);
        world.run(1_000);
        assertThat(world.tree.get(world.paths.target(id))).isNotNull();
        assertThat(complaints("the registration of " + id + " is refused: NO_AUTH"))
                .isEqualTo(1);
        world.run(60_000);
        open();
    }

    @Test
    void inCompatModeAMemberThatMayNotReadTheListIsStillOnIt() {
        group.join(COMPAT);
        SimMember other = group.join(COMPAT);
        group.settle();
        String id = other.machine().memberId();
        nothingMoves(() -> close(world.paths.ids()));
        assertThat(other.machine().memberId()).isEqualTo(id);
        open();
    }

    @Test
    void inCompatModeNobodyComputesWithoutARegistrationThatMayNotBeRead() {
        UnaryOperator<GroupConfig> impatient = config -> COMPAT.apply(config).withRebalanceRetries(4);
        group.join(impatient);
        group.join(impatient);
        group.settle();
        List<OldConsumer> old = new ArrayList<>();
        nothingMoves(() -> {
            close(world.paths.id("g_old"));
            old.add(new OldConsumer(world, "g_old", Subscription.topics(List.of(SimGroup.TOPIC))));
        });
        old.get(0).leave();
        open();
    }

    @Test
    void aGroupWhoseOwnersMayNotBeReadDoesNotGoNative() {
        SimMember compat = group.join(COMPAT);
        group.settle();
        group.join();
        group.join();
        group.settle();
        world.tree.closed = path -> path.startsWith(world.paths.owners() + "/") && path.endsWith("/0");
        leave(compat);
        world.run(2 * LONG_MILLIS);
        assertThat(world.checks.mode()).isEqualTo(GroupMode.COMPAT);
        assertThat(complaints("what a leader decides by is refused: NO_AUTH")).isPositive();
        world.tree.closed = path -> false;
        world.run(2 * LONG_MILLIS);
        assertThat(world.checks.mode()).isEqualTo(GroupMode.NATIVE);
        group.allIsWell();
    }

    @Test
    void aModeThatCannotBeReadAtOnceIsReadLater() {
        group.join();
        group.join();
        group.settle();
        world.tree.throttled = path -> path.equals(world.paths.quorate());
        OldConsumer old = new OldConsumer(world, "g_old", Subscription.topics(List.of(SimGroup.TOPIC)));
        world.run(3_000);
        assertThat(world.checks.mode()).isEqualTo(GroupMode.COMPAT);
        assertThat(complaints("the mode of the group is refused: THROTTLED_OP")).isEqualTo(2);
        world.tree.throttled = path -> false;
        group.settle();
        assertThat(world.checks.owners()).containsValue("g_old-0").hasSize(PARTITIONS);
        old.leave();
    }

    @Test
    void aTopicThatMayNotBeReadAnyMoreStaysWithWhoHasIt() {
        group.join();
        group.settle();
        nothingMoves(() -> {
            close(GroupPaths.topic(SimGroup.TOPIC));
            group.join();
        });
        assertThat(complaints("the topic t is refused: NO_AUTH")).isEqualTo(1);
        open();
    }

    @Test
    void aTopicThatMayNotBeReadFromTheStartIsTakenUpWhenItMay() {
        close(GroupPaths.topic(SimGroup.TOPIC));
        group.join();
        group.settle();
        assertThat(world.checks.owners()).isEmpty();
        open();
    }

    @Test
    void inCompatModeATopicThatMayNotBeReadAnyMoreStaysWithWhoHasIt() {
        group.join(COMPAT);
        group.settle();
        nothingMoves(() -> {
            close(GroupPaths.topic(SimGroup.TOPIC));
            group.join(COMPAT);
        });
        open();
    }

    @Test
    void anOwnerThatMayNotBeReadKeepsNoOtherBack() {
        SimGroup large = new SimGroup(1, MANY, UnaryOperator.identity());
        String owner = large.world.paths.owner(new TopicPartition(SimGroup.TOPIC, 0));
        SimMember first = large.join();
        large.settle();
        first.kill();
        large.members.remove(first);
        large.settle();
        large.world.tree.closed = owner::equals;
        large.world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Create(owner, new byte[0], TreeOp.Kind.PERSISTENT)));
        SimMember second = large.join();
        long transactions = large.world.transactions;
        large.settle();
        assertThat(second.host.positions()).hasSize(MANY - 1);
        assertThat(large.world.transactions - transactions).isLessThan(MANY);
        large.world.tree.closed = path -> false;
        large.world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Delete(owner, TreeOp.ANY)));
        large.world.run(CLOSED_MILLIS);
        large.allIsWell();
    }

    @Test
    void aServerThatLetsNobodyAskIsAskedEverMoreRarely() {
        group.join();
        group.join();
        group.settle();
        long before = world.tree.reads();
        world.tree.throttled = path -> true;
        group.join();
        world.run(8_000);
        assertThat(world.tree.reads() - before).isLessThan(70);
        world.tree.throttled = path -> false;
        open();
    }

    @Test
    void aLineThatMayNotBeReadIsLookedAtEverMoreRarely() {
        SimMember leader = group.join();
        group.settle();
        group.join();
        group.join();
        group.settle();
        isPatient(() -> {
            close(world.paths.election());
            leader.kill();
            group.members.remove(leader);
        });
        assertThat(complaints("the line of those who may lead is refused: NO_AUTH"))
                .isPositive();
        open();
    }
}
