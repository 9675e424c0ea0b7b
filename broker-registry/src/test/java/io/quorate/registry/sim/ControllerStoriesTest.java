package io.quorate.registry.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.controller.IsrRequest;
import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a controller does when this and that happens, one story at a time. */
final class ControllerStoriesTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final SimOffice office = new SimOffice(4);
    private final List<Write> attempts = new ArrayList<>();

    private IsrRequest isr(int leader, Integer... isr) {
        return new IsrRequest(
                leader,
                office.epoch(leader),
                PARTITION,
                office.state(PARTITION).leaderEpoch(),
                office.version(PARTITION),
                List.of(isr),
                0);
    }

    @Test
    void whatWasAllowedBeforeTheConnectionWasLostIsAskedForAgain() {
        office.topic("t", List.of(List.of(2, 3)));
        office.unclean("t", true);
        office.elected();
        office.down(3);
        office.settle();
        office.down(2);
        office.up(3);
        office.settle();
        assertThat(office.state(PARTITION).leader()).as("unclean, as allowed").isEqualTo(3);

        office.session.cut();
        office.unclean("t", false);
        office.session.reconnect();
        office.settle();
        office.up(2);
        office.settle();
        office.down(3);
        office.settle();
        assertThat(office.state(PARTITION).leader())
                .as("nobody: it is not allowed any more")
                .isEqualTo(PartitionState.NO_LEADER);

        office.session.cut();
        office.unclean("t", true);
        office.session.reconnect();
        office.settle();
        assertThat(office.state(PARTITION).leader()).as("allowed again").isEqualTo(2);
    }

    @Test
    void whoeverWaitsForAnAnswerIsToldWhenTheControllerResigns() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        List<Object> answers = new ArrayList<>();
        var controller = office.controller();
        controller.alterIsr(isr(2, 2), answers::add);
        controller.move(PARTITION, List.of(3, 4), answers::add);
        office.admin(Write.delete(RegistryPaths.CONTROLLER, -1));
        office.admin(Write.set(RegistryPaths.CONTROLLER_EPOCH, "99".getBytes(UTF_8), -1));
        office.until(() -> office.told.contains("resigned"));
        assertThat(answers)
                .hasSize(2)
                .contains(IsrRequest.Result.NOT_CONTROLLER)
                .doesNotContainNull();
        controller.move(PARTITION, List.of(3, 4), answers::add);
        assertThat(answers).hasSize(3).doesNotContainNull();
        assertThat(office.state(PARTITION).isr()).containsExactly(2, 3);
    }

    private long writes(String path) {
        return attempts.stream().filter(write -> write.path().equals(path)).count();
    }

    /** The server refuses all of these from now on, and it is counted how often that happens. */
    private void refuse(String path, ErrorCode error) {
        office.tree.refusal = write -> {
            if (!write.path().equals(path)) {
                return null;
            }
            attempts.add(write);
            return error;
        };
    }

    @Test
    void whatIsRefusedForGoodIsTriedEverMoreRarelyAndDoesNotHoldUpTheOthers() {
        office.topic("t", List.of(List.of(2, 3), List.of(3, 2)));
        office.elected();
        refuse(RegistryPaths.state(PARTITION), ErrorCode.NO_AUTH);
        office.down(2);
        office.run(60_000);
        assertThat(writes(RegistryPaths.state(PARTITION))).isBetween(5L, 20L);
        assertThat(office.trouble).filteredOn(what -> what.contains("NO_AUTH")).hasSize(1);
        assertThat(office.state(new TopicPartition("t", 1)).isr()).containsExactly(3);

        office.tree.refusal = write -> null;
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
    }

    @Test
    void anElectionThatIsRefusedForGoodDoesNotKeepOthersFromAsking() {
        TopicPartition other = new TopicPartition("t", 1);
        office.topic("t", List.of(List.of(2, 3), List.of(2, 3)));
        office.elected();
        office.admin(state(PARTITION, 3));
        office.admin(state(other, 3));
        office.settle();
        refuse(RegistryPaths.state(PARTITION), ErrorCode.NO_AUTH);
        askForFirst(PARTITION, other);
        assertThat(office.state(other).leader()).isEqualTo(2);
        askForFirst(other);

        office.tree.refusal = write -> null;
        office.until(() -> office.state(PARTITION).leader() == 2);
    }

    @Test
    void anElectionInATopicThatCannotBeReadDoesNotKeepOthersFromAsking() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        office.tree.secret = path -> path.equals(RegistryPaths.topic("t")) ? ErrorCode.NO_AUTH : null;
        office.admin(Write.set(
                RegistryPaths.topic("t"),
                office.tree.node(RegistryPaths.topic("t")).data(),
                -1));
        office.run(1_000);
        askForFirst(PARTITION);
    }

    private Write state(TopicPartition partition, int leader) {
        PartitionState now = office.state(partition);
        return Write.set(RegistryPaths.state(partition), StateJson.encode(now.decided(leader, now.isr(), 1)), -1);
    }

    private void askForFirst(TopicPartition... partitions) {
        office.admin(Write.create(
                RegistryPaths.PREFERRED_ELECTION, AdminJson.encodePartitions(new TreeSet<>(List.of(partitions)))));
        office.until(() -> !office.tree.exists(RegistryPaths.PREFERRED_ELECTION));
    }

    @Test
    void aTopicNodeThatMustNotBeWrittenIsTriedEverMoreRarely() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        refuse(RegistryPaths.topic("t"), ErrorCode.QUOTA_EXCEEDED);
        List<String> answers = new ArrayList<>();
        office.controller().move(PARTITION, List.of(3, 4), answers::add);
        office.run(60_000);
        assertThat(writes(RegistryPaths.topic("t"))).isBetween(5L, 20L);
        assertThat(answers).isEmpty();
        office.tree.refusal = write -> null;
        office.until(() -> answers.size() == 1);
        assertThat(answers).containsOnlyNulls();
    }

    @Test
    void whatNobodyKnowsBelowATopicGoesWithIt() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        office.admin(Write.create(RegistryPaths.topic("t") + "/notes", null));
        office.admin(Write.create(RegistryPaths.topic("t") + "/notes/a", null));
        office.admin(Write.create(RegistryPaths.state(PARTITION) + "/b", null));
        office.admin(Write.create(RegistryPaths.deletion("t"), null));
        office.settle();
        office.until(() -> !office.tree.exists(RegistryPaths.deletion("t")));
        assertThat(office.tree.exists(RegistryPaths.topic("t"))).isFalse();
    }

    @Test
    void aDeletionThatIsRefusedIsTriedEverMoreRarely() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        refuse(RegistryPaths.topic("t"), ErrorCode.NO_AUTH);
        office.admin(Write.create(RegistryPaths.deletion("t"), null));
        office.run(60_000);
        assertThat(writes(RegistryPaths.topic("t"))).isBetween(5L, 20L);
        office.tree.refusal = write -> null;
        office.until(() -> !office.tree.exists(RegistryPaths.deletion("t")));
    }

    @Test
    void oneNodeThatCannotBeReadDoesNotKeepTheOthersBack() {
        office.topic("t", List.of(List.of(2, 3), List.of(3, 2)));
        office.elected();
        office.session.cut();
        office.tree.secret = path -> path.equals(RegistryPaths.state(PARTITION)) ? ErrorCode.NO_AUTH : null;
        office.session.reconnect();
        office.run(1_000);
        office.down(3);
        office.run(1_000);
        assertThat(office.state(new TopicPartition("t", 1)).leader()).isEqualTo(2);
        assertThat(office.trouble).anyMatch(what -> what.contains("NO_AUTH"));
        assertThat(office.state(PARTITION).isr()).containsExactly(2, 3);

        office.tree.secret = path -> null;
        office.until(() -> office.state(PARTITION).isr().equals(List.of(2)));
    }

    /** Another controller, which knows nothing yet, is elected while the registration of broker 2 is not shown. */
    private void electedWithoutTwo(ErrorCode error) {
        String path = RegistryPaths.broker(2);
        office.tree.secret = asked -> asked.equals(path) ? error : null;
        electedAnew();
    }

    private void electedAnew() {
        office.expire();
        office.until(() -> office.controller() != null);
        office.run(10_000);
    }

    @Test
    void aBrokerWhoseRegistrationCannotBeReadIsNotTakenForDead() {
        office.topic("t", List.of(List.of(2, 3), List.of(3, 2), List.of(3, 4)));
        office.elected();
        PartitionState before = office.state(PARTITION);
        electedWithoutTwo(ErrorCode.NO_AUTH);
        assertThat(office.state(PARTITION)).isEqualTo(before);
        assertThat(office.state(new TopicPartition("t", 1)).isr()).containsExactly(3, 2);
        List<IsrRequest.Result> answers = new ArrayList<>();
        office.controller().alterIsr(isr(2, 2), answers::add);
        assertThat(answers).as("this controller knows less").containsExactly(IsrRequest.Result.NOT_CONTROLLER);
        assertThat(office.trouble).filteredOn(what -> what.contains("NO_AUTH")).hasSize(1);

        office.down(4);
        office.until(() -> office.state(new TopicPartition("t", 2)).isr().equals(List.of(3)));
        askForFirst(PARTITION);
        office.tree.secret = path -> null;
        office.run(60_000);
        office.settle();
        assertThat(office.state(PARTITION)).isEqualTo(before);
        office.down(2);
        office.until(() -> office.state(PARTITION).leader() == 3);
    }

    @Test
    void aBrokerWhoseRegistrationNobodyUnderstandsIsNotTakenForDead() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        PartitionState before = office.state(PARTITION);
        office.admin(Write.set(RegistryPaths.broker(2), "?".getBytes(UTF_8), -1));
        electedAnew();
        assertThat(office.state(PARTITION)).isEqualTo(before);
        office.down(2);
        office.until(() -> office.state(PARTITION).leader() == 3);
    }

    @Test
    void aBrokerThatCannotBeReadKeepsNoOtherFromTakingOver() {
        office.topic("t", List.of(List.of(3, 2, 4)));
        office.elected();
        electedWithoutTwo(ErrorCode.NO_AUTH);
        office.down(3);
        office.until(() -> office.state(PARTITION).leader() == 4);
        assertThat(office.state(PARTITION).isr()).containsExactly(4);
    }

    @Test
    void aBrokerThatCannotBeReadLosesNoDataToAnUncleanLeader() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        office.unclean("t", true);
        office.down(3);
        office.settle();
        office.up(3);
        office.settle();
        assertThat(office.state(PARTITION).isr()).containsExactly(2);
        electedWithoutTwo(ErrorCode.NO_AUTH);
        assertThat(office.state(PARTITION).leader()).isEqualTo(2);
    }

    @Test
    void aBrokerThatCannotBeReadIsDeadWhenItsRegistrationGoes() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        electedWithoutTwo(ErrorCode.NO_AUTH);
        assertThat(office.state(PARTITION).leader()).isEqualTo(2);
        office.down(2);
        // Nobody is told of what may not be read.
        office.run(60_000);
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
    }

    @Test
    void aRegistrationThatGoesWhileThereIsNoConnectionIsMissedAtOnce() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        electedWithoutTwo(ErrorCode.NO_AUTH);
        office.run(120_000);
        office.session.cut();
        office.down(2);
        office.session.reconnect();
        office.run(1_000);
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
    }

    /** What 2 led it leads no more, and does not know that anybody thinks so. */
    @Test
    void aBrokerThatCameBackMeanwhileIsStillDecidedAbout() {
        TopicPartition alone = new TopicPartition("u", 0);
        office.topic("t", List.of(List.of(2, 3)));
        office.topic("u", List.of(List.of(2)));
        office.elected();
        String path = RegistryPaths.broker(3);
        office.tree.secret = asked -> asked.equals(path) ? ErrorCode.NO_AUTH : null;
        electedAnew();
        office.down(2);
        office.up(2);
        office.run(10_000);
        assertThat(office.state(PARTITION).leaderEpoch()).isZero();
        assertThat(office.state(alone).leader()).as("held up by nobody").isEqualTo(2);
        assertThat(office.state(alone).leaderEpoch()).isEqualTo(2);

        office.tree.secret = asked -> null;
        office.run(60_000);
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
        assertThat(office.state(PARTITION).isr()).containsExactly(3);
        List<IsrRequest.Result> answers = new ArrayList<>();
        office.controller().alterIsr(isr(3, 3, 2), answers::add);
        office.settle();
        assertThat(answers).as("it counts as alive again").containsExactly(IsrRequest.Result.OK);
    }

    @Test
    void aMoveWaitsUntilItIsKnownWhoIsThere() {
        office.topic("t", List.of(List.of(2, 3), List.of(3, 4)));
        office.elected();
        electedWithoutTwo(ErrorCode.NO_AUTH);
        List<String> answers = new ArrayList<>();
        office.controller().move(PARTITION, List.of(3, 4), answers::add);
        office.run(10_000);
        assertThat(answers).isEmpty();
        office.controller().move(new TopicPartition("t", 1), List.of(4, 3), answers::add);
        office.run(1_000);
        assertThat(answers).containsOnlyNulls().hasSize(1);
        office.down(2);
        office.run(60_000);
        assertThat(answers).containsOnlyNulls().hasSize(2);
        assertThat(office.assignment("t").replicaSet(0).target()).containsExactly(3, 4);
    }

    @Test
    void aTopicMayBeCalledLikeTheNodesBelowIt() {
        List<String> names = List.of("a", "partitions", "state", "t");
        names.forEach(name -> office.topic(name, List.of(List.of(2, 3))));
        office.elected();
        for (String name : names) {
            assertThat(office.state(new TopicPartition(name, 0)).leader()).isEqualTo(2);
        }
        office.admin(Write.create(RegistryPaths.deletion("state"), null));
        office.until(() -> !office.tree.exists(RegistryPaths.topic("state")));
    }

    @Test
    void aStateThatNobodyUnderstandsIsLeftAlone() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        office.admin(Write.set(RegistryPaths.state(PARTITION), "?".getBytes(UTF_8), -1));
        refuse(RegistryPaths.state(PARTITION), ErrorCode.NODE_EXISTS);
        office.down(2);
        office.run(10_000);
        assertThat(writes(RegistryPaths.state(PARTITION))).isZero();
        assertThat(office.trouble)
                .filteredOn(what -> what.contains("cannot be read"))
                .hasSize(1);
    }

    @Test
    void anElectionThatIsRefusedIsTriedAgain() {
        refuse(RegistryPaths.CONTROLLER, ErrorCode.QUOTA_EXCEEDED);
        office.started();
        office.run(60_000);
        assertThat(writes(RegistryPaths.CONTROLLER)).isBetween(3L, 20L);
        office.tree.refusal = write -> null;
        office.until(() -> office.controller() != null);
    }

    /** What was refused long ago, and has worked since, is no reason to wait longer the next time. */
    @Test
    void whoHasFoundTheOfficeOccupiedLooksAgainSoonWhenThatIsRefused() {
        office.tree.unheard = paths -> paths.contains(RegistryPaths.CONTROLLER) ? ErrorCode.THROTTLED_OP : null;
        office.started();
        office.run(60_000);
        assertThat(office.trouble)
                .filteredOn(what -> what.contains("THROTTLED_OP"))
                .as("told once")
                .hasSize(1);
        byte[] other = ControllerJson.encode(new ControllerInfo(2, 1, -1));
        office.admin(Write.createEphemeral(RegistryPaths.CONTROLLER, other));
        office.tree.unheard = paths -> null;
        office.run(60_000);

        office.tree.unheard = paths -> paths.contains(RegistryPaths.CONTROLLER) ? ErrorCode.THROTTLED_OP : null;
        office.admin(Write.delete(RegistryPaths.CONTROLLER, -1));
        office.run(100);
        office.tree.unheard = paths -> null;
        office.run(2_000);
        assertThat(office.controller()).isNotNull();
        assertThat(office.trouble)
                .filteredOn(what -> what.contains("THROTTLED_OP"))
                .hasSize(2);
    }

    @Test
    void aHostThatThrowsHoldsUpNobody() {
        office.topic("t", List.of(List.of(2, 3), List.of(2, 3), List.of(2, 3)));
        office.elected();
        office.onDecided = partition -> {
            throw new IllegalStateException("host");
        };
        office.down(2);
        office.settle();
        for (int partition = 0; partition < 3; partition++) {
            assertThat(office.state(new TopicPartition("t", partition)).leader())
                    .isEqualTo(3);
        }
        assertThat(office.trouble)
                .filteredOn(what -> what.contains("onDecided"))
                .hasSize(3);
        office.deletion = done -> {
            throw new IllegalStateException("host");
        };
        office.up(2);
        office.admin(Write.create(RegistryPaths.deletion("t"), null));
        office.settle();
        assertThat(office.tree.exists(RegistryPaths.topic("t"))).isTrue();
        office.deletion = done -> done.accept(true);
        office.until(() -> !office.tree.exists(RegistryPaths.topic("t")));
    }
}
