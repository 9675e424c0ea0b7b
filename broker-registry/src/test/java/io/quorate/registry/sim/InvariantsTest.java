package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every invariant notices the offence that it is for: a simulator that cannot fail proves nothing. */
final class InvariantsTest {
    private static final long ADMIN = 1;
    private static final long MEMBER = 2;
    private static final long OTHER = 3;
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final String STATE = RegistryPaths.state(PARTITION);

    private final SimTree tree = new SimTree();

    @BeforeEach
    void aTopicWithOnePartition() {
        RegistryPaths.STRUCTURE.forEach(path -> tree.write(ADMIN, List.of(Write.create(path, null))));
        TopicAssignment topic = TopicAssignment.of(new TreeMap<>(Map.of(0, List.of(7, 8))), "vmqmW3-YTWWIWtOSqf0MDQ");
        write(ADMIN, Write.create(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(1)));
        write(ADMIN, Write.create(RegistryPaths.topic("t"), TopicJson.encode(topic)));
        write(ADMIN, Write.create(RegistryPaths.partitions("t"), null));
        write(ADMIN, Write.create(RegistryPaths.partition(PARTITION), null));
        Invariants unused = new Invariants(tree, session -> session >= MEMBER, session -> session != ADMIN);
        write(ADMIN, Write.create(STATE, StateJson.encode(PartitionState.first(7, List.of(7, 8), 1))));
    }

    private void write(long session, Write... writes) {
        tree.write(session, List.of(writes));
    }

    private void offends(String invariant, long session, Write... writes) {
        assertThatThrownBy(() -> write(session, writes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(invariant);
    }

    private static Write state(int leader, int leaderEpoch, int controllerEpoch, int recovery, Integer... isr) {
        return Write.set(
                STATE,
                StateJson.encode(new PartitionState(leader, leaderEpoch, List.of(isr), controllerEpoch, recovery)),
                -1);
    }

    @Test
    void whatIsRightIsLeftAlone() {
        assertThatCode(() -> {
                    write(ADMIN, state(8, 1, 1, 0, 8));
                    write(ADMIN, state(8, 1, 1, 0, 8, 7));
                    elect(MEMBER, 2);
                    write(MEMBER, Write.check(RegistryPaths.CONTROLLER_EPOCH, 1), state(-1, 2, 2, 0, 8));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void registrations() {
        write(MEMBER, Write.createEphemeral(RegistryPaths.broker(7), null));
        offends("R3", OTHER, Write.delete(RegistryPaths.broker(7), -1));
    }

    @Test
    void controllers() {
        offends("C1", MEMBER, Write.createEphemeral(RegistryPaths.CONTROLLER, null));
        offends("C1", MEMBER, Write.set(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(2), -1));
        offends(
                "C2",
                MEMBER,
                state(7, 1, 1, 0, 7),
                Write.set(
                        RegistryPaths.topic("t"),
                        tree.node(RegistryPaths.topic("t")).data(),
                        -1));
    }

    @Test
    void deposedControllers() {
        elect(MEMBER, 2);
        write(ADMIN, Write.delete(RegistryPaths.CONTROLLER, -1));
        elect(OTHER, 3);
        offends(
                "C2: nobody but the last",
                MEMBER,
                Write.check(RegistryPaths.CONTROLLER_EPOCH, 2),
                state(-1, 1, 2, 0, 7, 8));
    }

    private void elect(long session, int epoch) {
        write(
                session,
                Write.createEphemeral(RegistryPaths.CONTROLLER, null),
                Write.set(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(epoch), -1));
    }

    @Test
    void epochs() {
        write(ADMIN, state(7, 3, 2, 0, 7, 8));
        offends("S1: leader epoch", ADMIN, state(7, 2, 2, 0, 7, 8));
        offends("S1: one leader", ADMIN, state(8, 3, 2, 0, 7, 8));
        offends("S1: controller epoch", ADMIN, state(8, 4, 1, 0, 7, 8));
    }

    @Test
    void inSyncReplicas() {
        offends("S2: somebody is in sync", ADMIN, state(-1, 1, 1, 0));
        offends("S2: the leader is in sync", ADMIN, state(7, 1, 1, 0, 8));
        offends("S2: who is in sync is a replica", ADMIN, state(7, 1, 1, 0, 7, 9));
    }

    @Test
    void uncleanLeaders() {
        write(ADMIN, state(7, 1, 1, 0, 7));
        offends("S3", ADMIN, state(8, 2, 1, 1, 8));
    }

    @Test
    void assignments() {
        TopicAssignment topic =
                TopicJson.decode(tree.node(RegistryPaths.topic("t")).data());
        offends("A1: a topic keeps its id", ADMIN, topic(topic.withTopicId("vmqmW3-YTWWIWtOSqf0MDA")));
        offends("A1", ADMIN, topic(topic.with(0, new ReplicaSet(List.of(7, 8), List.of(7), List.of(7)))));
        offends("comes last", ADMIN, topic(topic.with(0, new ReplicaSet(List.of(7, 8), List.of(), List.of(7)))));
        offends("stays a replica", ADMIN, topic(topic.with(0, ReplicaSet.settled(List.of(7, 9)))));
    }

    @Test
    void movesThatEnd() {
        ReplicaSet moving = ReplicaSet.settled(List.of(7, 8)).towards(List.of(8, 9));
        TopicAssignment topic =
                TopicJson.decode(tree.node(RegistryPaths.topic("t")).data()).with(0, moving);
        Write end = topic(topic.with(0, ReplicaSet.settled(List.of(8, 9))));
        elect(MEMBER, 2);
        Write fence = Write.check(RegistryPaths.CONTROLLER_EPOCH, 1);
        write(MEMBER, fence, topic(topic));
        write(ADMIN, state(8, 1, 2, 0, 8));
        offends("B: ", MEMBER, fence, end);
    }

    @Test
    void movesThatEndWhenAllAreInSync() {
        ReplicaSet moving = ReplicaSet.settled(List.of(7, 8)).towards(List.of(8, 9));
        TopicAssignment topic =
                TopicJson.decode(tree.node(RegistryPaths.topic("t")).data()).with(0, moving);
        elect(MEMBER, 2);
        Write fence = Write.check(RegistryPaths.CONTROLLER_EPOCH, 1);
        write(MEMBER, fence, topic(topic));
        write(ADMIN, state(8, 1, 2, 0, 8, 9));
        write(ADMIN, state(8, 1, 2, 0, 8));
        assertThatCode(() -> write(MEMBER, fence, topic(topic.with(0, ReplicaSet.settled(List.of(8, 9))))))
                .doesNotThrowAnyException();
    }

    private static Write topic(TopicAssignment assignment) {
        return Write.set(RegistryPaths.topic("t"), TopicJson.encode(assignment), -1);
    }

    @Test
    void deletions() {
        write(ADMIN, Write.create(RegistryPaths.deletion("t"), null));
        offends("D1: the request goes last", ADMIN, Write.delete(RegistryPaths.deletion("t"), -1));
        write(ADMIN, Write.create(RegistryPaths.deletion("t"), null));
        write(ADMIN, Write.delete(STATE, -1));
        offends(
                "D1: nobody leads",
                ADMIN,
                Write.create(STATE, StateJson.encode(PartitionState.first(7, List.of(7), 1))));
    }
}
