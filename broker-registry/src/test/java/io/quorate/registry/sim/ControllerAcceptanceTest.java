package io.quorate.registry.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicIds;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.sim.SimTree.Committed;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Acceptance tests of registry spec 14 that are told step by step; the numbers are those of its list. */
final class ControllerAcceptanceTest {
    private static final int MANY = 10_000;
    private static final int CONFLICT_EVERY = 20;
    private static final long OTHER_CONTROLLER = 999;

    private final SimOffice office = new SimOffice(4);
    private final List<Committed> committed = new ArrayList<>();

    private void many() {
        office.topic("t", Collections.nCopies(MANY, List.of(2, 3, 4)));
        office.elected();
        office.tree.observe(committed::add);
    }

    private List<Write> writesOf(long session) {
        return committed.stream()
                .filter(each -> each.session() == session)
                .flatMap(each -> each.writes().stream())
                .filter(write -> write.kind() != Write.Kind.CHECK)
                .toList();
    }

    private PartitionState state(int partition) {
        return office.state(new TopicPartition("t", partition));
    }

    /** 6: a controller that has slept too long has sent nothing that is carried out after another one was elected. */
    @Test
    void aZombieCommitsNothing() {
        office.topic("t", Collections.nCopies(100, List.of(2, 3, 4)));
        office.elected();
        SimSession zombie = office.session;
        // It still believes to be controller, and the server has not closed its connection: the fence alone holds.
        zombie.pause(SimSession.TIMEOUT_MILLIS * 3);
        office.down(2);
        office.run(SimSession.TIMEOUT_MILLIS * 2);
        int epoch = ControllerJson.decodeEpoch(
                office.tree.node(RegistryPaths.CONTROLLER_EPOCH).data());
        office.admin(Write.delete(RegistryPaths.CONTROLLER, -1));
        office.tree.write(
                OTHER_CONTROLLER,
                List.of(
                        Write.createEphemeral(
                                RegistryPaths.CONTROLLER, ControllerJson.encode(new ControllerInfo(3, 1, -1))),
                        Write.set(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(epoch + 1), -1)));
        office.tree.observe(committed::add);
        List<String> refused = new ArrayList<>();
        office.tree.onRefused = write -> refused.add(write.path());
        assertThat(office.controller()).as("it knows of nothing").isNotNull();
        office.run(SimSession.TIMEOUT_MILLIS * 4);
        assertThat(office.told).contains("resigned");
        assertThat(refused).as("it has tried").contains(RegistryPaths.CONTROLLER_EPOCH);
        assertThat(writesOf(zombie.session())).isEmpty();
        assertThat(state(0).leader()).isEqualTo(2);
    }

    /** 7: somebody else changes one state of twenty while all of them are being written. */
    @Test
    void aStormOfConflictsIsOverAfterAFewRounds() {
        many();
        Map<String, Integer> refusals = new HashMap<>();
        office.tree.onRefused = write -> refusals.merge(write.path(), 1, Integer::sum);
        int[] next = {0};
        office.tree.observe(each -> {
            if (each.session() == office.session.session() && next[0] < MANY) {
                office.time.after(0, () -> {
                    for (int i = 0; i < CONFLICT_EVERY && next[0] < MANY; i++, next[0] += CONFLICT_EVERY) {
                        String path = RegistryPaths.state(new TopicPartition("t", next[0]));
                        office.admin(Write.set(path, office.tree.node(path).data(), -1));
                    }
                });
            }
        });
        office.down(2);
        office.settle();
        for (int partition = 0; partition < MANY; partition++) {
            assertThat(state(partition).leader()).isEqualTo(3);
            assertThat(state(partition).isr()).containsExactly(3, 4);
            assertThat(state(partition).leaderEpoch()).isEqualTo(1);
        }
        assertThat(next[0]).isEqualTo(MANY);
        assertThat(refusals).as("there were conflicts").hasSizeGreaterThan(MANY / CONFLICT_EVERY / 4);
        assertThat(refusals.values()).allMatch(times -> times <= 10);
        assertThat(office.trouble).isEmpty();
    }

    /** 8: the session ends while most of it is queued; what is done after that is done by the next one. */
    @Test
    void whatWasQueuedWhenTheSessionEndedIsNeverWritten() {
        many();
        long old = office.session.session();
        office.down(2);
        office.until(() -> !writesOf(old).isEmpty());
        int before = writesOf(old).size();
        assertThat(before).isLessThan(MANY);
        office.expire();
        int atTheEnd = writesOf(old).size();
        office.until(() -> office.controller() != null);
        office.settle();
        // What the server does when a session ends is also done by that session.
        assertThat(writesOf(old)).hasSize(atTheEnd);
        assertThat(writesOf(old).stream()
                        .filter(write -> RegistryPaths.partitionOf(write.path()) != null)
                        .count())
                .isLessThan(MANY);
        assertThat(office.session.session()).isNotEqualTo(old);
        for (int partition = 0; partition < MANY; partition++) {
            assertThat(state(partition).leader()).isEqualTo(3);
        }
        assertThat(office.told).containsSubsequence("elected 1", "resigned", "elected 2");
    }

    @Test
    void besideBrokersThatLoseIdsNoTopicIsGivenOne() {
        SimOffice cluster = new SimOffice(3);
        cluster.givesTopicIds = false;
        byte[] body = "{\"version\":1,\"partitions\":{\"0\":[2,3]}}".getBytes(UTF_8);
        cluster.admin(Write.create(RegistryPaths.topic("t"), body));
        cluster.elected();
        assertThat(cluster.state(new TopicPartition("t", 0)).leader()).isEqualTo(2);
        assertThat(cluster.tree.node(RegistryPaths.topic("t")).data()).isEqualTo(body);
    }

    /** 14: what an old broker has written is rewritten in the newest form, and loses nothing. */
    @Test
    void anOldBodyKeepsItsPartitionsAndANewOneItsId() {
        office.admin(Write.create(
                RegistryPaths.topic("t"), "{\"version\":1,\"partitions\":{\"1\":[3,2],\"0\":[2,3]}}".getBytes(UTF_8)));
        office.elected();
        String body = new String(office.tree.node(RegistryPaths.topic("t")).data(), UTF_8);
        assertThat(body).contains("\"version\":3");
        assertThat(office.assignment("t").replicas()).isEqualTo(Map.of(0, List.of(2, 3), 1, List.of(3, 2)));
        String id = office.assignment("t").topicId();
        assertThat(TopicIds.isValid(id)).isTrue();

        List<String> answers = new ArrayList<>();
        office.controller().move(new TopicPartition("t", 0), List.of(4, 2), answers::add);
        office.until(() -> answers.size() == 1);
        assertThat(office.assignment("t").isMoving()).isTrue();
        assertThat(office.assignment("t").topicId()).isEqualTo(id);
        assertThat(TopicJson.decode(office.tree.node(RegistryPaths.topic("t")).data())
                        .replicas(1))
                .containsExactly(3, 2);
        assertThat(StateJson.decode(office.tree
                                .node(RegistryPaths.state(new TopicPartition("t", 1)))
                                .data())
                        .isr())
                .containsExactly(3, 2);
    }
}
