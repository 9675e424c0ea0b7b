package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A move is complete when every replica of the target is in sync, and not before (registry spec 9, A and B). */
final class MoveCompletionTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final String TOPIC = RegistryPaths.topic("t");
    private static final String STATE = RegistryPaths.state(PARTITION);
    private static final long AWAY_MILLIS = 100;

    private final SimOffice office = new SimOffice(6);
    private final List<Object> answers = new ArrayList<>();
    private final List<Consumer<Boolean>> deletions = new ArrayList<>();

    private void led(Integer... replicas) {
        office.topic("t", List.of(List.of(replicas)));
        office.elected();
        office.deletion = deletions::add;
    }

    private void move(Integer... target) {
        office.controller().move(PARTITION, List.of(target), answers::add);
    }

    private Write isr(Integer... isr) {
        return Write.set(STATE, StateJson.encode(office.state(PARTITION).withIsr(List.of(isr))), -1);
    }

    private void inSync(Integer... isr) {
        office.admin(isr(isr));
        office.settle();
    }

    private ReplicaSet replicas() {
        return office.assignment("t").replicaSet(0);
    }

    private void waits(Integer... isr) {
        assertThat(replicas().isMoving()).as("%s", replicas()).isTrue();
        assertThat(office.state(PARTITION).isr()).containsExactly(isr);
        assertThat(deletions).as("replicas to be deleted").isEmpty();
    }

    private void arrived(Integer... target) {
        office.until(() -> {
            List.copyOf(deletions).forEach(done -> done.accept(true));
            return !replicas().isMoving();
        });
        assertThat(replicas()).isEqualTo(ReplicaSet.settled(List.of(target)));
        assertThat(office.state(PARTITION).isr()).containsExactlyInAnyOrder(target);
    }

    @Test
    void aReplicaMoreMustBeInSync() {
        led(2);
        move(2, 3);
        office.settle();
        assertThat(answers).containsOnlyNulls();
        assertThat(office.state(PARTITION).leaderEpoch())
                .as("the leader is told")
                .isEqualTo(1);
        waits(2);
        inSync(2, 3);
        arrived(2, 3);
    }

    @Test
    void whatTakesTheDeadOnesPlaceMustBeInSync() {
        led(2, 3);
        office.down(2);
        office.settle();
        move(3, 4);
        office.settle();
        waits(3);
        inSync(3, 4);
        arrived(3, 4);
    }

    @Test
    void whoIsInSyncAloneDoesNotCompleteTheMoveWhenItIsElected() {
        led(2, 3);
        inSync(2);
        move(4, 5);
        office.settle();
        inSync(2, 4);
        office.down(2);
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(4);
        waits(4);
        office.up(2);
        inSync(4, 5, 2);
        arrived(4, 5);
    }

    @Test
    void aReplicaThatFailsWhenAllAreInSyncIsWaitedForAndTheOldOnesStayInSync() {
        led(2, 3);
        move(4, 5);
        office.settle();
        office.admin(isr(2, 3, 4, 5));
        office.controller().replicasFailed(5, List.of(PARTITION));
        office.settle();
        waits(2, 3, 4);
        office.down(5);
        office.settle();
        office.up(5);
        inSync(2, 3, 4, 5);
        arrived(4, 5);
    }

    @Test
    void whatAnotherControllerLeftHalfWayIsNotCompleteEither() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        office.admin(Write.delete(RegistryPaths.CONTROLLER, -1));
        ReplicaSet moving = replicas().towards(List.of(3, 4));
        TopicAssignment topic = office.assignment("t").with(0, moving);
        office.admin(isr(2, 3), Write.set(TOPIC, TopicJson.encode(topic), -1));
        office.admin(Write.set(STATE, StateJson.encode(office.state(PARTITION).decided(3, List.of(3), 1)), -1));
        office.deletion = deletions::add;
        office.until(() -> office.controller() != null);
        office.settle();
        waits(3);
        inSync(3, 4);
        arrived(3, 4);
    }

    /** Before 2.4 the topic lists old and new replicas, and nothing but the request says which is which. */
    @Test
    void whatAnOldControllerLeftHalfWayIsCompleteWhenAllOfTheRequestAreInSync() {
        led(3, 4, 2);
        inSync(3);
        office.admin(Write.create(
                RegistryPaths.REASSIGN_PARTITIONS,
                AdminJson.encodeReassignments(new TreeMap<>(Map.of(PARTITION, List.of(3, 4))))));
        office.settle();
        waits(3);
        assertThat(office.tree.exists(RegistryPaths.REASSIGN_PARTITIONS)).isTrue();
        inSync(3, 4);
        arrived(3, 4);
        office.until(() -> !office.tree.exists(RegistryPaths.REASSIGN_PARTITIONS));
    }

    @Test
    void aMoveIsCancelledAtOnce() {
        led(2);
        move(2, 3);
        office.settle();
        office.controller().move(PARTITION, null, answers::add);
        office.settle();
        assertThat(answers).hasSize(2).containsOnlyNulls();
        assertThat(replicas()).isEqualTo(ReplicaSet.settled(List.of(2)));
        assertThat(office.state(PARTITION).isr()).containsExactly(2);
    }

    /** What is known of the first move says nothing about the second one. */
    @Test
    void aMoveThatTakesThePlaceOfACompleteOneIsNotCompleteAlsoIfItsAnswerWasLost() {
        led(2, 3);
        move(2, 4);
        office.settle();
        office.admin(isr(2, 3, 4));
        office.until(() -> !deletions.isEmpty());
        assertThat(office.state(PARTITION).isr()).containsExactly(2, 4);

        office.session.show(new LosesAnswers());
        move(2, 5);
        office.until(() -> replicas().target().equals(List.of(2, 5)));
        office.settle();
        deletions.forEach(done -> done.accept(true));
        deletions.clear();
        office.settle();
        assertThat(answers).hasSize(2).containsOnlyNulls();
        waits(2);
        inSync(2, 5);
        arrived(2, 5);
    }

    /** Nothing else has the topic looked at again. */
    @Test
    void aRequestThatSaysTheSameInBetweenDoesNotHoldAMoveUp() {
        led(2, 3);
        office.deletion = done -> {
            done.accept(true);
            office.time.after(0, () -> move(2, 4));
        };
        move(2, 4);
        office.settle();
        inSync(2, 3, 4);
        assertThat(answers).hasSize(2).containsOnlyNulls();
        arrived(2, 4);
    }

    /** The first answer about the topic's node is lost. */
    private final class LosesAnswers implements SimSession.Road {
        private boolean isDone;

        @Override
        public boolean isLetIn(SimSession session, List<Write> writes) {
            return true;
        }

        @Override
        public void onCarriedOut(SimSession session, List<Write> writes) {
            if (!isDone && writes.stream().anyMatch(write -> write.path().equals(TOPIC))) {
                isDone = true;
                office.time.after(0, () -> {
                    session.cut();
                    office.time.after(AWAY_MILLIS, session::reconnect);
                });
            }
        }

        @Override
        public void onAnswered(SimSession session, List<Write> writes) {}
    }
}
