package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.BatchLimits;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes of offsets that a host hands in (consumer-groups D8), step by step. */
final class CommitsTest {
    private static final int PARTITIONS = 6;
    private static final long INTERVAL = 5_000;

    private final SimGroup group = new SimGroup(1, PARTITIONS, UnaryOperator.identity());
    private final World world = group.world;

    private SimMember settled() {
        world.hostsWork = false;
        SimMember member = group.join();
        group.settle();
        assertThat(member.host.positions()).hasSize(PARTITIONS);
        return member;
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(SimGroup.TOPIC, number);
    }

    private static Map<TopicPartition, Long> all(long offset) {
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        for (int p = 0; p < PARTITIONS; p++) {
            offsets.put(partition(p), offset);
        }
        return offsets;
    }

    private Map<TopicPartition, Long> written() {
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        for (int p = 0; p < PARTITIONS; p++) {
            ModelTree.Node node = world.tree.get(world.paths.offset(partition(p)));
            if (node != null) {
                offsets.put(partition(p), Long.parseLong(node.text()));
            }
        }
        return offsets;
    }

    private void reset(int number, long offset) {
        TreeOp write = new TreeOp.SetData(world.paths.offset(partition(number)), OffsetBody.bytes(offset), TreeOp.ANY);
        assertThat(world.tree.multi(Checks.OPERATOR, List.of(write)).isOk()).isTrue();
    }

    @Test
    void whatIsHandedInForLaterIsWrittenAlsoBehindAFullTransaction() {
        world.limits = new BatchLimits(200, 2, 50, 500);
        SimMember member = settled();
        member.stage(all(7));
        world.run(INTERVAL + 1_000);
        assertThat(written()).isEqualTo(all(7));
    }

    /** The turn comes while a commit is under way; nothing is handed in after that. */
    @Test
    void whatIsHandedInDuringACommitIsWrittenInTheNextTurn() {
        SimMember member = settled();
        world.refusal = ops -> Answer.none(ErrorCode.OPERATION_TIMEOUT);
        member.commit(1, Map.of(partition(0), 40L));
        member.stage(Map.of(partition(1), 40L));
        world.run(INTERVAL + 1_000);
        world.refusal = ops -> null;
        world.run(2 * INTERVAL);
        assertThat(written()).containsEntry(partition(1), 40L);
    }

    @Test
    void theFirstOnesDoNotKeepTheOthersWaiting() {
        world.limits = new BatchLimits(200, 2, 50, 500);
        SimMember member = settled();
        member.stage(all(1));
        for (int i = 1; i <= 400; i++) {
            member.commit(i, Map.of(partition(0), (long) i, partition(1), (long) i));
            world.run(5);
        }
        assertThat(written()).hasSize(PARTITIONS);
    }

    @Test
    void theLastOffsetsAreWrittenWhenTheMemberLeaves() {
        SimMember member = settled();
        member.host.positions().replaceAll((each, before) -> 33L);
        member.step(() -> member.machine().leave(true));
        group.until(member::isDead);
        assertThat(written()).isEqualTo(all(33));
    }

    @Test
    void theLastOffsetsAreWrittenAlsoIfTheConnectionBreaksWhileTheMemberLeaves() {
        world.limits = new BatchLimits(2, 2, 50, 500);
        SimMember member = settled();
        member.host.positions().replaceAll((each, before) -> 33L);
        member.step(() -> member.machine().leave(true));
        group.until(() -> !written().isEmpty());
        member.cut();
        group.until(member::isDead);
        assertThat(written()).isEqualTo(all(33));
    }

    /** Releases of a few at a time: a commit in between has nothing to do with those that wait for theirs. */
    @Test
    void aCommitBetweenReleasesLeavesTheLastOffsetsAlone() {
        world.limits = new BatchLimits(1, 500, 50, 500);
        SimMember member = settled();
        member.host.positions().replaceAll((each, before) -> 33L);
        group.join();
        group.until(() -> written().size() == 1);
        Map<TopicPartition, Long> kept = new TreeMap<>();
        member.machine().owned().forEach(each -> kept.put(each, 40L));
        member.commit(1, kept);
        group.settle();
        assertThat(written()).hasSize(PARTITIONS).doesNotContainValue(0L);
        assertThat(written().values().stream().filter(each -> each == 33)).hasSize(PARTITIONS / 2);
        assertThat(written().values().stream().filter(each -> each == 40)).hasSize(PARTITIONS / 2);
    }

    /** The host hears of an operator's reset when it has long committed again. */
    @Test
    void whatTheHostCommitsBeforeItHearsOfAResetIsNotWritten() {
        SimMember member = settled();
        member.commit(1, all(100));
        world.run(1_000);
        world.hostsAreSlow = true;
        reset(0, 40);
        member.commit(2, all(150));
        group.until(() -> world.trace.stream().anyMatch(line -> line.contains("m0 moved")));
        member.commit(3, all(160));
        member.stage(all(170));
        group.until(() -> member.host.positions().get(partition(0)) == 40);
        world.run(10);
        member.commit(4, Map.of(partition(0), 41L));
        world.run(INTERVAL + 3_000);
        assertThat(world.trace)
                .noneMatch(line -> line.contains("offsets/t/0, 160") || line.contains("offsets/t/0, 170"));
        assertThat(written()).containsEntry(partition(0), 41L).containsEntry(partition(1), 170L);
        assertThat(member.host.failures).isEmpty();
    }

    @Test
    void aHostGoesBackToWhatIsCommitted() {
        SimMember member = settled();
        member.commit(1, Map.of(partition(0), 100L, partition(1), 100L));
        world.run(1_000);
        member.host.positions().replaceAll((each, before) -> 150L);
        member.stage(all(150));
        member.step(() -> member.machine().seekCommitted(Set.of(partition(0), partition(2))));
        member.step(() -> member.machine().readCommitted(1, Set.of(partition(0), partition(2))));
        world.run(2 * INTERVAL);
        assertThat(member.host.positions()).containsEntry(partition(0), 100L).containsEntry(partition(2), 150L);
        assertThat(written()).containsEntry(partition(0), 100L).containsEntry(partition(1), 150L);
        assertThat(world.trace).anyMatch(line -> line.contains("read {t-0=OptionalLong[100], t-2=OptionalLong.empty}"));
    }

    /** There is nothing to go back to: what the host commits meanwhile counts. */
    @Test
    void aCommitBeforeTheAnswerToASeekIsWritten() {
        SimMember member = settled();
        member.step(() -> member.machine().seekCommitted(Set.of(partition(0))));
        member.commit(1, Map.of(partition(0), 10L));
        world.run(1_000);
        assertThat(written()).containsEntry(partition(0), 10L);
        assertThat(member.host.failures).isEmpty();
    }

    private SimMember handedIn(long committed, long later) {
        SimMember member = settled();
        member.commit(1, all(committed));
        world.run(1_000);
        member.host.positions().replaceAll((each, before) -> later);
        member.stage(all(later));
        return member;
    }

    private void goBack(SimMember member) {
        member.step(() -> member.machine().seekCommitted(Set.of(partition(0))));
    }

    private void wentBack(SimMember member) {
        world.run(3 * INTERVAL);
        assertThat(member.host.positions()).containsEntry(partition(0), 50L).containsEntry(partition(1), 100L);
        assertThat(written()).containsEntry(partition(0), 50L).containsEntry(partition(1), 100L);
    }

    @Test
    void aHostGoesBackAlsoIfTheConnectionIsLostMeanwhile() {
        SimMember member = handedIn(50, 100);
        goBack(member);
        member.cut();
        wentBack(member);
    }

    @Test
    void aHostGoesBackAlsoIfThereIsNoConnection() {
        SimMember member = handedIn(50, 100);
        member.cut();
        goBack(member);
        wentBack(member);
    }

    @Test
    void aHostGoesBackAlsoIfTheConnectionIsLostAndRequestsWaitForIt() {
        world.requestsWait = true;
        SimMember member = handedIn(50, 100);
        member.cut();
        goBack(member);
        wentBack(member);
    }

    @Test
    void aHostGoesBackAlsoIfAServerDoesNotAnswer() {
        SimMember member = handedIn(50, 100);
        world.failedReads = read -> read.contains(world.paths.offset(partition(0)));
        goBack(member);
        world.run(2_000);
        world.failedReads = read -> false;
        wentBack(member);
    }

    /** Until it knows what is committed, what it hands in does not follow from that. */
    @Test
    void aCommitBeforeTheAnswerToASeekFailsIfSomethingIsCommitted() {
        SimMember member = handedIn(50, 100);
        goBack(member);
        member.cut();
        member.commit(2, Map.of(partition(0), 110L));
        wentBack(member);
        assertThat(member.host.failures.keySet()).containsExactly(2L);
    }

    /** Another goes on from what is committed, and not from what the host has taken back. */
    @Test
    void whatIsGivenUpAfterASeekIsGivenUpWithoutWhatWasHandedInBefore() {
        SimMember member = handedIn(50, 100);
        member.host.commitsLast = false;
        member.cut();
        member.step(() -> member.machine().seekCommitted(all(0).keySet()));
        member.step(() -> member.machine().leave(true));
        group.until(member::isDead);
        assertThat(written()).isEqualTo(all(50));
    }

    @Test
    void aHostGoesBackAlsoWhileItLeaves() {
        SimMember member = handedIn(50, 100);
        member.host.commitsLast = false;
        member.step(() -> member.machine().leave(true));
        member.step(() -> member.machine().seekCommitted(all(0).keySet()));
        group.until(member::isDead);
        assertThat(written()).isEqualTo(all(50));
    }

    @Test
    void aMemberThatLeavesWithoutAConnectionIsAskedForItsLastOffsets() {
        SimMember member = settled();
        member.host.positions().replaceAll((each, before) -> 33L);
        member.cut();
        member.step(() -> member.machine().leave(true));
        group.until(member::isDead);
        assertThat(written()).isEqualTo(all(33));
    }

    @Test
    void aRefusedOffsetFailsItsCommitAndNoOther() {
        SimMember member = settled();
        member.commit(1, all(1));
        world.run(1_000);
        refuse(op -> op instanceof TreeOp.SetData && op.path().equals(world.paths.offset(partition(2))), -1);
        member.commit(2, all(2));
        member.commit(3, Map.of(partition(3), 3L));
        world.run(1_000);
        assertThat(member.host.failures.keySet()).containsExactly(2L);
        assertThat(written())
                .containsEntry(partition(2), 1L)
                .containsEntry(partition(1), 2L)
                .containsEntry(partition(3), 3L);
    }

    @Test
    void aClaimThatStaysRefusedIsNotRepeatedAtOnce() {
        world.hostsWork = false;
        refuse(op -> op instanceof TreeOp.Create && op.path().startsWith(world.paths.owners(SimGroup.TOPIC) + "/"), -1);
        group.join();
        world.run(60_000);
        assertThat(world.refused).isBetween(2, 40);
        assertThat(world.trace.stream().filter(line -> line.contains("complains")))
                .hasSize(1);
    }

    @Test
    void aRegistrationThatStaysRefusedIsTriedLessAndLessOften() {
        world.hostsWork = false;
        refuse(op -> op instanceof TreeOp.Create && op.path().startsWith(world.paths.ids() + "/"), 10);
        SimMember member = group.join();
        world.run(30_000);
        assertThat(world.refused).isBetween(5, 10);
        assertThat(world.trace.stream().filter(line -> line.contains("complains")))
                .hasSize(1);
        group.until(() -> member.host.positions().size() == PARTITIONS);
    }

    @Test
    void refusedCredentialsEndTheMember() {
        SimMember member = settled();
        member.step(member.machine()::onAuthFailed);
        assertThat(member.isDead()).isTrue();
        assertThat(world.trace).anyMatch(line -> line.contains("ended REFUSED"));
    }

    /** The client has no room for the question what stands there now. */
    @Test
    void aRereadThatFailsIsRepeated() {
        SimMember member = settled();
        member.commit(1, all(1));
        world.run(1_000);
        reset(0, 0);
        member.commit(2, all(2));
        boolean[] asked = {false};
        world.failedReads = read -> {
            boolean first = !asked[0] && read.contains(world.paths.offset(partition(0)));
            asked[0] |= first;
            return first;
        };
        world.run(1_000);
        member.commit(3, all(3));
        world.run(1_000);
        assertThat(asked[0]).isTrue();
        assertThat(written()).containsEntry(partition(1), 3L);
    }

    /** To begin as if nothing were committed would be to begin anew, or at the end. */
    @Test
    void anOffsetThatMayNotBeReadIsWaitedFor() {
        SimMember first = settled();
        first.commit(1, all(7));
        group.until(() -> written().size() == PARTITIONS);
        world.tree.closed = path -> path.equals(world.paths.offset(partition(0)));
        first.host.commitsLast = false;
        first.step(() -> first.machine().leave(true));
        group.until(first::isDead);
        SimMember second = group.join();
        group.settle();
        assertThat(second.host.positions()).hasSize(PARTITIONS - 1).doesNotContainKey(partition(0));
        assertThat(world.trace).anyMatch(line -> line.endsWith("m1 complains: the offset of t is refused: NO_AUTH"));
        world.tree.closed = path -> false;
        group.settle();
        assertThat(second.host.positions()).isEqualTo(all(7));
    }

    @Test
    void aCommitOfWhatMayNotBeReadFailsAndDoesNotHoldUpTheOthers() {
        SimMember member = moved();
        long transactions = world.transactions;
        member.commit(2, all(8));
        world.run(1_000);
        assertThat(world.transactions - transactions).isLessThan(5);
        assertThat(member.host.failures.get(2L)).contains("NO_AUTH");
        assertThat(written()).containsEntry(partition(0), 3L).containsEntry(partition(1), 8L);
        world.tree.closed = path -> false;
        member.commit(3, all(9));
        world.run(1_000);
        assertThat(member.host.positions()).as("adopted").containsEntry(partition(0), 3L);
    }

    @Test
    void aReleaseDoesNotWaitForAnOffsetThatMayNotBeRead() {
        SimMember member = moved();
        member.host.positions().replaceAll((each, before) -> 8L);
        member.step(() -> member.machine().leave(true));
        world.run(5_000);
        assertThat(member.isDead()).isTrue();
        assertThat(written()).containsEntry(partition(0), 3L).containsEntry(partition(1), 8L);
    }

    /** An operator has moved the first partition's offset, and nobody may read it since. */
    private SimMember moved() {
        SimMember member = settled();
        member.commit(1, all(7));
        world.run(1_000);
        reset(0, 3);
        world.tree.closed = path -> path.equals(world.paths.offset(partition(0)));
        return member;
    }

    @Test
    void olderGroupsDoNotWaitForAHostThatLeavesSlowly() {
        SimGroup compat = new SimGroup(
                1, PARTITIONS, config -> config.with(config.policy().with(GroupConfig.ModeWish.COMPAT))
                        .with(new Timing(200, 30_000, 60_000, 60_000, 10_000, 300_000)));
        SimMember member = compat.join();
        compat.settle();
        compat.world.hostsAreSlow = true;
        member.host.stubborn = true;
        member.host.stubbornMillisMin = 20_000;
        member.step(() -> member.machine().leave(true));
        compat.world.run(7_000);
        assertThat(member.isDead()).isTrue();
    }

    private void refuse(Predicate<TreeOp> which, int times) {
        int[] left = {times};
        world.refusal = ops -> {
            for (int i = 0; i < ops.size() && left[0] != 0; i++) {
                if (which.test(ops.get(i))) {
                    left[0]--;
                    return Answer.failed(ErrorCode.NO_AUTH, i);
                }
            }
            return null;
        };
    }
}
