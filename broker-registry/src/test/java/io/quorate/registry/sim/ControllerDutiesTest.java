package io.quorate.registry.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.controller.IsrRequest;
import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a controller does for those who ask it, and whom it tells. */
final class ControllerDutiesTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final String STATE = RegistryPaths.state(PARTITION);

    private final SimOffice office = new SimOffice(4);
    private final List<Object> answers = new ArrayList<>();

    @BeforeEach
    void aTopicWithTwoPartitions() {
        office.topic("t", List.of(List.of(2, 3), List.of(2, 3)));
        office.elected();
    }

    private IsrRequest isr(int leader, Integer... isr) {
        PartitionState now = office.state(PARTITION);
        int version = office.version(PARTITION);
        return new IsrRequest(leader, office.epoch(leader), PARTITION, now.leaderEpoch(), version, List.of(isr), 0);
    }

    private void reassign(SortedMap<TopicPartition, List<Integer>> targets) {
        office.admin(Write.create(RegistryPaths.REASSIGN_PARTITIONS, AdminJson.encodeReassignments(targets)));
    }

    /** Registry spec 14, 13: the table of 13.3 holds eight. */
    @Test
    void watchesAreFewAndStaySo() {
        int watches = office.session.watches();
        assertThat(watches).isLessThanOrEqualTo(8);
        for (int i = 0; i < 5; i++) {
            int epoch = office.controller().epoch();
            office.admin(Write.delete(RegistryPaths.CONTROLLER, -1));
            office.until(
                    () -> office.controller() != null && office.controller().epoch() > epoch);
            office.settle();
        }
        assertThat(office.session.watches()).isEqualTo(watches);
        long before = office.session.changesTold();
        office.admin(Write.set(STATE, office.tree.node(STATE).data(), -1));
        office.settle();
        assertThat(office.session.changesTold() - before).isEqualTo(1);
        before = office.session.changesTold();
        office.down(3);
        office.settle();
        assertThat(office.session.changesTold() - before)
                .as("the broker, and the echo of two states")
                .isEqualTo(3);
    }

    @Test
    void anOlderRequestInTheTreeDoesNotOverrideALaterMoveWhenTheControllerChanges() {
        SortedMap<TopicPartition, List<Integer>> older = new TreeMap<>();
        older.put(PARTITION, List.of(3, 4));
        older.put(SECOND, List.of(3, 4));
        reassign(older);
        office.run(1_000);
        office.controller().move(PARTITION, List.of(4, 2), answers::add);
        office.until(() -> answers.size() == 1);
        assertThat(answers).containsOnlyNulls();

        office.expire();
        office.until(() -> office.controller() != null);
        office.run(1_000);
        assertThat(office.assignment("t").replicaSet(0).target()).containsExactly(4, 2);
        assertThat(office.assignment("t").replicaSet(1).target()).containsExactly(3, 4);
        older.remove(PARTITION);
        assertThat(AdminJson.decodeReassignments(
                        office.tree.node(RegistryPaths.REASSIGN_PARTITIONS).data()))
                .isEqualTo(older);
    }

    @Test
    void whatIsWantedWhileADecisionIsBeingWrittenIsDecidedAfterIt() {
        TopicPartition partition = new TopicPartition("u", 0);
        office.topic("u", List.of(List.of(2, 3, 4)));
        office.settle();
        office.down(2);
        office.settle();
        office.up(2);
        office.settle();
        PartitionState all = office.state(partition).withIsr(List.of(3, 4, 2));
        office.admin(Write.set(RegistryPaths.state(partition), StateJson.encode(all), -1));
        office.settle();

        office.controller().replicasFailed(4, List.of(partition));
        office.controller().electPreferred(List.of(partition));
        office.settle();
        assertThat(office.state(partition).isr()).containsExactly(3, 2);
        assertThat(office.state(partition).leader()).isEqualTo(2);
    }

    @Test
    void whatASettingAllowsWhileNoLeaderIsBeingWrittenIsDone() {
        office.unclean("t", false);
        office.down(2);
        office.down(3);
        office.settle();
        assertThat(office.state(PARTITION).hasLeader()).isFalse();
        office.up(3);
        office.settle();
        office.up(2);
        office.settle();

        office.admin(Write.set(STATE, StateJson.encode(office.state(PARTITION).withIsr(List.of(3))), -1));
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
        office.controller().replicasFailed(3, List.of(PARTITION));
        office.unclean("t", true);
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(2);
    }

    @Test
    void theLatestMoveCountsAlsoIfAnotherIsJustBeingWritten() {
        office.controller().move(PARTITION, List.of(3, 4), answers::add);
        office.controller().move(PARTITION, List.of(4, 2), answers::add);
        office.until(() -> answers.size() == 2);
        assertThat(answers).containsExactly("replaced by another request", null);
        assertThat(office.assignment("t").replicaSet(0).target()).containsExactly(4, 2);
    }

    @Test
    void whoAsksForAPartitionThatThereCannotBeIsToldSo() {
        office.controller().move(new TopicPartition("t", -1), List.of(3, 4), answers::add);
        office.controller().move(new TopicPartition("t", 7), List.of(3, 4), answers::add);
        office.controller().move(new TopicPartition("other", 0), List.of(3, 4), answers::add);
        office.settle();
        assertThat(answers).hasSize(3).containsOnly("there is no such partition");
    }

    /** Every answer of the server finds that something has happened meanwhile. */
    @Test
    void aStreamOfChangesThatNeverEndsStarvesNobody() {
        String noisy = RegistryPaths.state(SECOND);
        for (int millis = 0; millis < 20_000; millis++) {
            office.time.after(millis, () -> {
                office.admin(Write.set(noisy, office.tree.node(noisy).data(), -1));
                office.admin(Write.createSequential(RegistryPaths.ISR_CHANGES + "/isr_change_", null));
            });
        }
        office.run(1_000);
        reassign(new TreeMap<>(Map.of(PARTITION, List.of(3, 4))));
        office.run(4_000);
        assertThat(office.assignment("t").replicaSet(0).target()).containsExactly(3, 4);
        office.down(2);
        office.run(4_000);
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);

        office.session.cut();
        office.session.reconnect();
        office.run(1_000);
        office.down(3);
        office.run(4_000);
        assertThat(office.state(PARTITION).hasLeader())
                .as("also after a lost connection")
                .isFalse();
    }

    @Test
    void theControllersOwnHostIsToldOfWhatTheControllerChanges() {
        office.told.clear();
        office.decided.clear();
        office.controller().alterIsr(isr(2, 2), answers::add);
        office.settle();
        assertThat(answers).containsExactly(IsrRequest.Result.OK);
        assertThat(office.decided).extracting(each -> each.state().isr()).containsExactly(List.of(2));
        assertThat(office.told).containsOnly("partition " + PARTITION);

        office.told.clear();
        office.controller().move(PARTITION, List.of(2, 4), answers::add);
        office.settle();
        assertThat(office.told).contains("topic t");

        office.controller().move(PARTITION, null, answers::add);
        office.settle();
        office.told.clear();
        office.admin(Write.create(RegistryPaths.deletion("t"), null));
        office.until(() -> !office.tree.exists(RegistryPaths.topic("t")));
        office.settle();
        assertThat(office.told).contains("topic t");
    }

    @Test
    void leadersChangeWhoIsInSyncOnlyIfTheyMay() {
        IsrRequest good = isr(2, 2);
        long epoch = good.brokerEpoch();
        List.of(
                        new IsrRequest(2, epoch - 1, PARTITION, 0, 0, List.of(2), 0),
                        new IsrRequest(3, office.epoch(3), PARTITION, 0, 0, List.of(3), 0),
                        new IsrRequest(2, epoch, PARTITION, 7, 0, List.of(2), 0),
                        new IsrRequest(2, epoch, PARTITION, 0, 0, List.of(2, 4), 0),
                        new IsrRequest(2, epoch, new TopicPartition("u", 0), 0, 0, List.of(2), 0),
                        isr(2, 2, 3))
                .forEach(request -> office.controller().alterIsr(request, answers::add));
        assertThat(answers)
                .containsExactly(
                        IsrRequest.Result.STALE_BROKER_EPOCH,
                        IsrRequest.Result.FENCED_LEADER_EPOCH,
                        IsrRequest.Result.NOT_CONTROLLER,
                        IsrRequest.Result.INELIGIBLE,
                        IsrRequest.Result.UNKNOWN_PARTITION,
                        IsrRequest.Result.OK);
        answers.clear();
        office.controller().alterIsr(good, answers::add);
        office.controller().alterIsr(good, answers::add);
        office.settle();
        assertThat(answers).containsExactlyInAnyOrder(IsrRequest.Result.OK, IsrRequest.Result.INVALID_VERSION);
        assertThat(office.state(PARTITION).isr()).containsExactly(2);
        assertThat(office.state(PARTITION).leaderEpoch()).isZero();
    }

    @Test
    void aTopicOnItsWayOutIsLeftAloneAlsoWhenSomeReplicasCouldNotBeDeleted() {
        office.deletion = done -> done.accept(false);
        office.admin(Write.create(RegistryPaths.deletion("t"), null));
        office.run(1_000);
        PartitionState before = office.state(PARTITION);
        office.controller().alterIsr(isr(2, 2), answers::add);
        assertThat(answers).containsExactly(IsrRequest.Result.UNKNOWN_PARTITION);
        office.down(2);
        office.run(1_000);
        assertThat(office.state(PARTITION)).as("D1").isEqualTo(before);

        office.admin(Write.create(RegistryPaths.PREFERRED_ELECTION, AdminJson.encodePartitions(List.of(PARTITION))));
        reassign(new TreeMap<>(Map.of(PARTITION, List.of(3, 4))));
        office.until(() -> !office.tree.exists(RegistryPaths.PREFERRED_ELECTION)
                && !office.tree.exists(RegistryPaths.REASSIGN_PARTITIONS));

        office.admin(Write.delete(RegistryPaths.deletion("t"), -1));
        office.until(() -> office.state(PARTITION).leader() == 3);
    }

    @Test
    void replicasInAFailedDirectoryAreNotLedUntilTheirBrokerComesBack() {
        office.admin(Write.createSequential(
                RegistryPaths.LOG_DIR_EVENTS + "/log_dir_event_",
                "{\"version\":1,\"broker\":2,\"event\":1}".getBytes(UTF_8)));
        office.until(() -> office.told.contains("directory 2"));
        office.controller().replicasFailed(2, List.of(PARTITION));
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
        assertThat(office.state(PARTITION).isr()).containsExactly(3);
        assertThat(office.state(SECOND).leader()).as("in another directory").isEqualTo(2);
        assertThat(office.tree.children(RegistryPaths.LOG_DIR_EVENTS)).isEmpty();
        office.controller().alterIsr(isr(3, 3, 2), answers::add);
        office.down(2);
        office.settle();
        office.up(2);
        office.settle();
        office.controller().alterIsr(isr(3, 3, 2), answers::add);
        office.settle();
        assertThat(answers).containsExactly(IsrRequest.Result.INELIGIBLE, IsrRequest.Result.OK);
    }

    private void directoryFailed() {
        office.admin(Write.createSequential(
                RegistryPaths.LOG_DIR_EVENTS + "/log_dir_event_",
                "{\"version\":1,\"broker\":2,\"event\":1}".getBytes(UTF_8)));
    }

    @Test
    void aNoticeThatMayNotBeReadIsReadLaterAndKeepsNoOtherBack() {
        String first = RegistryPaths.LOG_DIR_EVENTS + "/log_dir_event_0000000000";
        office.tree.secret = path -> path.equals(first) ? ErrorCode.NO_AUTH : null;
        directoryFailed();
        directoryFailed();
        office.run(60_000);
        assertThat(office.told).containsOnlyOnce("directory 2");
        assertThat(office.tree.exists(first)).isTrue();
        assertThat(office.trouble).filteredOn(what -> what.contains(first)).hasSize(1);

        office.told.clear();
        office.tree.secret = path -> null;
        office.run(60_000);
        assertThat(office.told).containsOnlyOnce("directory 2");
        assertThat(office.tree.children(RegistryPaths.LOG_DIR_EVENTS)).isEmpty();
    }

    @Test
    void noticesThatAreThrottledAreReadEverMoreRarely() {
        List<String> refused = new ArrayList<>();
        office.tree.unheard = paths -> {
            boolean isRefused = paths.get(0).startsWith(RegistryPaths.LOG_DIR_EVENTS + "/");
            refused.addAll(isRefused ? paths : List.of());
            return isRefused ? ErrorCode.THROTTLED_OP : null;
        };
        directoryFailed();
        office.run(60_000);
        assertThat(refused).hasSizeBetween(4, 8);
        assertThat(office.trouble)
                .filteredOn(what -> what.contains("THROTTLED_OP"))
                .hasSize(1);
        office.tree.unheard = paths -> null;
        office.run(60_000);
        assertThat(office.told).containsOnlyOnce("directory 2");
    }

    @Test
    void aReplicaThatLeftAFailedDirectoryMayComeBackToItsBroker() {
        office.controller().replicasFailed(3, List.of(PARTITION));
        office.controller().move(PARTITION, List.of(2, 4), answers::add);
        office.settle();
        assertThat(office.state(PARTITION).isr()).containsExactly(2);
        office.controller().alterIsr(isr(2, 2, 4), answers::add);
        office.settle();
        assertThat(office.assignment("t").replicas(0)).containsExactly(2, 4);

        answers.clear();
        office.controller().move(PARTITION, List.of(2, 3), answers::add);
        office.settle();
        office.controller().alterIsr(isr(2, 2, 3), answers::add);
        office.settle();
        assertThat(answers).containsExactly(null, IsrRequest.Result.OK);
        assertThat(office.assignment("t").replicas(0)).containsExactly(2, 3);
    }

    @Test
    void anAdministratorMayHaveAnybodyLead() {
        office.down(3);
        office.settle();
        office.down(2);
        office.up(3);
        office.settle();
        assertThat(office.state(PARTITION).hasLeader()).isFalse();
        office.controller().electUnclean(List.of(PARTITION));
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
        assertThat(office.state(PARTITION).isr()).containsExactly(3);
        assertThat(office.state(PARTITION).recovery()).isEqualTo(PartitionState.RECOVERING);
        assertThat(office.state(SECOND).hasLeader()).isFalse();
    }
}
