package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
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
    private static final int LONG_MILLIS = 240_000;
    /** So often all of them look in that time, with what they look at in any case. */
    private static final int PATIENT = 250;

    private static final UnaryOperator<GroupConfig> COMPAT =
            config -> config.with(Policy.DEFAULT.with(ModeWish.COMPAT));

    private final SimGroup group = new SimGroup(1, PARTITIONS, UnaryOperator.identity());
    private final World world = group.world;

    private void close(String path) {
        world.tree.closed = path::equals;
    }

    private void open() {
        world.tree.closed = path -> false;
        group.settle();
        group.allIsWell();
    }

    private void nothingMoves(Runnable whatHappens) {
        Map<TopicPartition, String> before = world.checks.owners();
        assertThat(before).hasSize(PARTITIONS);
        long reads = world.tree.reads();
        long refused = world.refused;
        whatHappens.run();
        world.run(LONG_MILLIS);
        assertThat(world.checks.owners()).isEqualTo(before);
        assertThat(group.members).noneMatch(SimMember::isDead);
        assertThat(world.tree.reads() - reads).isLessThan(PATIENT);
        assertThat(world.refused - refused).isLessThan(PATIENT);
    }

    private long complaints(String what) {
        return world.trace.stream()
                .filter(line -> line.contains("complains: " + what))
                .count();
    }

    @Test
    void aLeaderDoesNotTakeItsGroupForEmpty() {
        group.join();
        group.join();
        group.settle();
        close(world.paths.ids());
        nothingMoves(group::join);
        assertThat(complaints("what a leader decides by is refused: NO_AUTH")).isEqualTo(1);
        open();
    }

    @Test
    void aLeaderThatMayNotReadATargetLeavesAllAlone() {
        SimMember leader = group.join();
        group.settle();
        group.join();
        group.settle();
        SimMember third = group.join();
        group.settle();
        close(world.paths.target(third.machine().memberId()));
        leader.kill();
        group.members.remove(leader);
        world.run(LONG_MILLIS);
        assertThat(third.host.positions()).hasSize(PARTITIONS / 3);
        assertThat(complaints("what a leader decides by is refused: NO_AUTH")).isEqualTo(1);
        assertThat(world.refused).isLessThan(PATIENT);
        open();
    }

    @Test
    void aMemberThatMayNotReadItsTargetKeepsWhatItHas() {
        group.join();
        SimMember other = group.join();
        group.settle();
        close(world.paths.target(other.machine().memberId()));
        nothingMoves(() -> {});
        assertThat(complaints("what a member's share follows from is refused: NO_AUTH"))
                .isEqualTo(1);
        open();
    }

    @Test
    void aMemberThatMayNotReadItsRegistrationIsStillRegistered() {
        group.join();
        SimMember other = group.join();
        group.settle();
        String id = other.machine().memberId();
        close(world.paths.id(id));
        nothingMoves(() -> {});
        assertThat(other.machine().memberId()).isEqualTo(id);
        open();
    }

    @Test
    void inCompatModeAMemberThatMayNotReadTheListIsStillOnIt() {
        group.join(COMPAT);
        SimMember other = group.join(COMPAT);
        group.settle();
        String id = other.machine().memberId();
        close(world.paths.ids());
        nothingMoves(() -> {});
        assertThat(other.machine().memberId()).isEqualTo(id);
        open();
    }

    @Test
    void inCompatModeNobodyComputesWithoutARegistrationThatMayNotBeRead() {
        group.join(COMPAT);
        SimMember other = group.join(COMPAT);
        group.settle();
        close(world.paths.id(other.machine().memberId()));
        SimMember third = group.join(COMPAT);
        world.run(LONG_MILLIS);
        assertThat(third.host.positions()).isEmpty();
        assertThat(complaints("the registration of g_c1-")).isEqualTo(1);
        open();
    }

    @Test
    void aGroupWhoseOwnersMayNotBeReadDoesNotGoNative() {
        group.join(COMPAT);
        SimMember compat = group.members.get(0);
        group.settle();
        group.join();
        group.join();
        group.settle();
        world.tree.closed = path -> path.startsWith(world.paths.owners() + "/") && path.endsWith("/0");
        compat.step(() -> compat.machine().leave(true));
        group.until(compat::isDead);
        group.members.remove(compat);
        world.run(LONG_MILLIS);
        world.run(LONG_MILLIS);
        assertThat(world.checks.mode()).isEqualTo(GroupMode.COMPAT);
        assertThat(complaints("what a leader decides by is refused: NO_AUTH")).isPositive();
        world.tree.closed = path -> false;
        world.run(LONG_MILLIS);
        world.run(LONG_MILLIS);
        assertThat(world.checks.mode()).isEqualTo(GroupMode.NATIVE);
        group.allIsWell();
    }

    @Test
    void aModeThatMayNotBeReadAtOnceIsReadLater() {
        group.join();
        group.join();
        group.settle();
        close(world.paths.quorate());
        OldConsumer old = new OldConsumer(world, "g_old", Subscription.topics(List.of(SimGroup.TOPIC)));
        world.run(3_000);
        assertThat(world.checks.mode()).isEqualTo(GroupMode.COMPAT);
        assertThat(complaints("the mode of the group is refused: NO_AUTH")).isEqualTo(2);
        world.tree.closed = path -> false;
        group.settle();
        assertThat(world.checks.owners()).containsValue("g_old-0").hasSize(PARTITIONS);
        old.leave();
    }

    @Test
    void aTopicThatMayNotBeReadIsLeftOutAndSaid() {
        group.join();
        group.settle();
        close(GroupPaths.topic(SimGroup.TOPIC));
        group.join();
        group.settle();
        assertThat(complaints("the topic t is refused: NO_AUTH")).isEqualTo(1);
        assertThat(world.tree.children(world.paths.offsets(SimGroup.TOPIC))).isNotNull();
    }
}
