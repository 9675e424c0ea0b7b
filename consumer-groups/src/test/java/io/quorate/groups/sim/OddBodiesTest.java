package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others write into a group's nodes, or leave out, does not end its leaders one after the other. */
final class OddBodiesTest {
    private static final Timing QUICK = new Timing(200, 3_000, 4_000, 60_000, 2_000, 300_000);
    private static final TopicPartition FIRST = new TopicPartition(SimGroup.TOPIC, 0);

    private final SimGroup group = new SimGroup(1, 6, config -> config.with(QUICK));
    private final World world = group.world;

    @Test
    void anOwnerWithoutDataIsNobody() {
        occupy(null);
    }

    @Test
    void anOwnerWithANameThatNobodyHasIsNobody() {
        occupy("/-0");
    }

    /** As an operator may, by hand; goes when he is done. */
    private void occupy(String text) {
        SimMember only = group.join();
        group.settle();
        world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Delete(world.paths.owner(FIRST), TreeOp.ANY)));
        write(world.paths.owner(FIRST), text);
        only.kill();
        group.join();
        group.join();
        group.settle();
        group.settle();
        assertThat(group.members.get(1).isDead() || group.members.get(2).isDead())
                .isFalse();
        world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Delete(world.paths.owner(FIRST), TreeOp.ANY)));
        group.settle();
        group.allIsWell();
    }

    @Test
    void anOwnerWithoutDataDoesNotKeepAGroupFromGoingNative() {
        OldConsumer old = new OldConsumer(world, "g_old", Subscription.topics(List.of("t")));
        group.join();
        group.settle();
        old.leave();
        world.tree.multi(
                Checks.OPERATOR, List.of(new TreeOp.Delete(world.paths.owner(new TopicPartition("t", 5)), TreeOp.ANY)));
        write(world.paths.owners("t") + "/5", null);
        group.settle();
        assertThat(group.members.get(0).machine().mode()).isEqualTo(GroupMode.NATIVE);
    }

    @Test
    void anEpochThatIsNoNumberBeginsAnew() {
        for (String path : List.of(GroupPaths.CONSUMERS, world.paths.root(), world.paths.quorate())) {
            world.tree.multi(0, List.of(TreeOp.plain(path)));
        }
        world.tree.multi(0, List.of(new TreeOp.SetData(world.paths.quorate(), GroupMode.NATIVE.bytes(), TreeOp.ANY)));
        write(world.paths.leaderEpoch(), "odd");
        group.join();
        group.settle();
        group.allIsWell();
    }

    /** Neither a topic nor a node can have such a name. */
    @Test
    void aTopicThatCannotBeIsWantedInVain() {
        OldConsumer old = new OldConsumer(world, "g_old", Subscription.topics(List.of("", "a//b", "..", "t")));
        group.join();
        group.settle();
        assertThat(world.tree.watchedBy(group.members.get(0).sessionId()))
                .contains(GroupPaths.topic("t"))
                .noneMatch(path -> path.contains("//") || path.contains("..") || path.endsWith("/"));
        old.leave();
        group.settle();
        group.allIsWell();
    }

    /** No node can have such a name: its target could not be written, and with it nobody's. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", ".."})
    void whoHasAnInstanceThatCannotBeGetsNothingAndTheOthersAll(String instance) {
        group.join();
        Registration body = new Registration(
                Subscription.topics(List.of("t")), "1", true, new Registration.Origin(instance, null, null, null));
        group.settle();
        write(world.paths.id("g_odd"), new String(body.bytes(), StandardCharsets.UTF_8));
        group.join();
        group.settle();
        assertThat(group.members.get(0).machine().mode()).isEqualTo(GroupMode.NATIVE);
        group.allIsWell();
    }

    /** As they may be if a group is deleted while somebody joins it, or by hand. */
    @Test
    void whatLeadersWriteIsMadeAgain() {
        SimMember first = group.join();
        group.join();
        group.settle();
        List<TreeOp> deletions = new ArrayList<>();
        world.tree
                .children(world.paths.targets())
                .forEach(key -> deletions.add(new TreeOp.Delete(world.paths.target(key), TreeOp.ANY)));
        for (String path : List.of(world.paths.targets(), world.paths.generation(), world.paths.leaderEpoch())) {
            deletions.add(new TreeOp.Delete(path, TreeOp.ANY));
        }
        assertThat(world.tree.multi(Checks.OPERATOR, deletions).isOk()).isTrue();
        first.kill();
        group.settle();
        assertThat(group.members.get(1).machine().isLeader()).isTrue();
        group.allIsWell();
    }

    private void write(String path, String text) {
        byte[] data = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Create(path, data, TreeOp.Kind.PERSISTENT)));
    }
}
