package io.quorate.sim.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.Stat;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.wire.proto.WatchedEvent;
import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Every property is broken once, to see that it notices, and kept once, to see that it lets pass what is right. */
final class InvariantTest {

    private static final long LINK = 7;
    private static final long SESSION = 77;
    private static final Predicate<Set<Long>> TWO = servers -> servers.size() >= 2;
    private static final List<Long> VOTERS = List.of(1L, 2L, 3L);

    private static long zxid(long epoch, long counter) {
        return Zxid.of(epoch, counter);
    }

    private static void broken(Runnable trace, String message) {
        assertThatThrownBy(trace::run).isInstanceOf(Violation.class).hasMessageContaining(message);
    }

    private static void kept(Runnable trace) {
        assertThatCode(trace::run).doesNotThrowAnyException();
    }

    @Test
    void twoLeadersOfOneEpoch() {
        OneLeader check = new OneLeader();
        kept(() -> check.serves(1, true, 3, 0));
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.newLeader(3, "")));
        kept(() -> check.serves(2, true, 4, 0));
        broken(() -> check.serves(2, true, 3, 0), "leads epoch 3");
    }

    @Test
    void anotherTransactionUnderTheSameZxid() {
        OneHistory check = new OneHistory();
        kept(() -> check.delivered(1, zxid(1, 1), 10));
        kept(() -> check.delivered(2, zxid(1, 1), 10));
        kept(() -> check.delivered(1, zxid(1, 2), 20));
        broken(() -> check.delivered(2, zxid(1, 2), 21), "another transaction");
    }

    @Test
    void aServerThatLeavesOneOut() {
        OneHistory check = new OneHistory();
        check.delivered(1, zxid(1, 1), 10);
        check.delivered(1, zxid(1, 2), 20);
        check.delivered(1, zxid(1, 3), 30);
        check.delivered(2, zxid(1, 1), 10);
        broken(() -> check.delivered(2, zxid(1, 3), 30), "right after 1:1");
    }

    @Test
    void aServerThatDeliversWhatOthersPassedOver() {
        OneHistory check = new OneHistory();
        check.delivered(1, zxid(1, 1), 10);
        check.delivered(1, zxid(2, 1), 20);
        broken(() -> check.delivered(2, zxid(1, 2), 30), "not in the history");
    }

    @Test
    void aZxidUsedTwice() {
        ZxidsAreUnique check = new ZxidsAreUnique();
        kept(() -> check.appended(1, zxid(1, 1), 10));
        kept(() -> check.appended(2, zxid(1, 1), 10));
        kept(() -> check.delivered(2, zxid(1, 1), 10));
        broken(() -> check.appended(3, zxid(1, 1), 11), "used twice");
        broken(() -> check.appended(2, zxid(1, 2), 12), "has not made");
        broken(() -> check.delivered(2, zxid(1, 3), 13), "nobody proposed");
    }

    @Test
    void aGapInALog() {
        LogsHaveNoGaps check = new LogsHaveNoGaps();
        check.started(1, 1, 1, -1, zxid(1, 4));
        kept(() -> check.appended(1, zxid(1, 5), 0));
        kept(() -> check.appended(1, zxid(3, 1), 0));
        broken(() -> check.appended(1, zxid(3, 3), 0), "3:3 right behind 3:1");
        broken(() -> check.appended(1, zxid(4, 2), 0), "4:2 right behind");
        kept(() -> {
            check.cut(1, zxid(1, 5), false);
            check.appended(1, zxid(2, 1), 0);
            check.cut(1, zxid(9, 9), true);
            check.appended(1, zxid(9, 10), 0);
        });
    }

    @Test
    void aGapInWhatALearnerIsSent() {
        StreamsHaveNoGaps check = new StreamsHaveNoGaps();
        check.sent(2, 1, LINK, QuorumPacket.ackEpoch(zxid(1, 3), new EpochAck(1)));
        check.sent(1, 2, LINK, QuorumPacket.diff(zxid(1, 5)));
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.proposal(zxid(1, 4), new byte[0])));
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.proposal(zxid(1, 6), new byte[0])), "1:6 right behind 1:4");
    }

    @Test
    void anEpochThatBeganWithoutWhatIsDelivered() {
        PrimaryIntegrity check = new PrimaryIntegrity();
        check.appended(1, zxid(1, 1), 0);
        check.appended(1, zxid(1, 2), 0);
        check.delivered(1, zxid(1, 1), 0);
        check.started(2, 1, 1, -1, zxid(1, 1));
        kept(() -> check.appended(2, zxid(2, 1), 0));
        broken(() -> check.delivered(1, zxid(1, 2), 0), "epoch 2 began without 1:2");
    }

    @Test
    void aLeaderThatLacksWhatWasDelivered() {
        PrimaryIntegrity check = new PrimaryIntegrity();
        check.delivered(1, zxid(1, 2), 0);
        check.started(2, 1, 1, -1, zxid(1, 1));
        broken(() -> check.appended(2, zxid(2, 1), 0), "epoch 2 began without 1:2");
    }

    @Test
    void twoTreesAfterOneTransaction() {
        EqualStates check = new EqualStates();
        kept(() -> check.digest(1, zxid(1, 1), 5));
        kept(() -> check.digest(2, zxid(1, 1), 5));
        broken(() -> check.digest(3, zxid(1, 1), 6), "digest");
    }

    @Test
    void anEpochThatFalls() {
        EpochsRise check = new EpochsRise();
        kept(() -> check.epochStored(1, true, 3));
        kept(() -> check.epochStored(1, false, 3));
        broken(() -> check.epochStored(1, true, 2), "falls from 3 to 2");
        EpochsRise ahead = new EpochsRise();
        broken(() -> ahead.epochStored(1, false, 1), "accepted only 0");
        EpochsRise behind = new EpochsRise();
        broken(() -> behind.started(1, 2, 1, -1, zxid(2, 1)), "current epoch 1");
    }

    @Test
    void whatWasDroppedComesBack() {
        NoGhosts check = new NoGhosts();
        check.appended(1, zxid(1, 5), 0);
        check.snapshotBegun(1, zxid(1, 5));
        check.cutDone(1, zxid(1, 3), false);
        kept(() -> check.started(1, 1, 1, -1, zxid(1, 3)));
        broken(() -> check.started(1, 1, 1, -1, zxid(1, 4)), "1:4 in its log");
        broken(() -> check.started(1, 1, 1, zxid(1, 5), zxid(1, 5)), "snapshot at 1:5");
    }

    @Test
    void aLeaderThatIsBehindItsLearners() {
        BestLeader check = new BestLeader(TWO);
        check.started(1, 2, 1, -1, zxid(1, 3));
        check.sent(1, 2, LINK, QuorumPacket.leaderInfo(2));
        check.received(2, 1, LINK, QuorumPacket.ackEpoch(zxid(1, 4), new EpochAck(1)));
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.newLeader(2, "")), "leads epoch 2");
        kept(() -> {
            check.received(2, 1, LINK, QuorumPacket.ackEpoch(zxid(1, 3), new EpochAck(1)));
            check.sent(1, 2, LINK, QuorumPacket.newLeader(2, ""));
        });
    }

    /** Seed 4427 took the promises to the one for promises to the other. */
    @Test
    void twoThatAskForOneEpochAreJudgedEachByItsOwnPromises() {
        BestLeader check = new BestLeader(TWO);
        check.sent(1, 3, LINK, QuorumPacket.leaderInfo(2));
        check.sent(2, 3, LINK + 1, QuorumPacket.leaderInfo(2));
        check.received(3, 2, LINK + 1, QuorumPacket.ackEpoch(0, new EpochAck(0)));
        kept(() -> check.sent(2, 3, LINK + 1, QuorumPacket.newLeader(2, "")));
        broken(() -> check.sent(1, 3, LINK, QuorumPacket.newLeader(2, "")), "server 1 leads epoch 2");
    }

    @Test
    void anAcknowledgementBeforeTheFlush() {
        AcksAreDurable check = new AcksAreDurable();
        check.flushed(1, zxid(1, 1));
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.ack(zxid(1, 1))));
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.ack(zxid(2, 0))));
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.ack(zxid(1, 2))), "only 1:1 on disk");
    }

    private static NewLeaderAcks synchronizing() {
        NewLeaderAcks check = new NewLeaderAcks();
        check.started(1, 2, 1, -1, zxid(1, 1));
        check.sent(1, 2, LINK, QuorumPacket.ackEpoch(zxid(1, 1), new EpochAck(1)));
        check.received(2, 1, LINK, QuorumPacket.commit(zxid(1, 2)));
        check.received(2, 1, LINK, QuorumPacket.newLeader(2, ""));
        return check;
    }

    @Test
    void newLeaderAcknowledgedTooEarly() {
        QuorumPacket ack = QuorumPacket.ack(zxid(2, 0));
        NewLeaderAcks unflushed = synchronizing();
        unflushed.epochStored(1, false, 2);
        broken(() -> unflushed.sent(1, 2, LINK, ack), "must have 1:2");
        NewLeaderAcks oldEpoch = synchronizing();
        oldEpoch.flushed(1, zxid(1, 2));
        broken(() -> oldEpoch.sent(1, 2, LINK, ack), "has epoch 1 on disk");
        NewLeaderAcks other = synchronizing();
        broken(() -> other.sent(1, 2, LINK, QuorumPacket.ack(zxid(1, 2))), "before it has acknowledged");
        NewLeaderAcks right = synchronizing();
        right.flushed(1, zxid(1, 2));
        right.epochStored(1, false, 2);
        kept(() -> right.sent(1, 2, LINK, ack));
    }

    @Test
    void newLeaderAcknowledgedBeforeTheCut() {
        NewLeaderAcks check = new NewLeaderAcks();
        check.started(1, 2, 1, -1, zxid(1, 9));
        check.epochStored(1, false, 2);
        check.sent(1, 2, LINK, QuorumPacket.ackEpoch(zxid(1, 9), new EpochAck(1)));
        check.received(2, 1, LINK, QuorumPacket.trunc(zxid(1, 5)));
        check.received(2, 1, LINK, QuorumPacket.newLeader(2, ""));
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.ack(zxid(2, 0))), "the cut is not done");
        check.cutDone(1, zxid(1, 5), false);
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.ack(zxid(2, 0))));
    }

    @Test
    void anEpochOnDiskWithoutItsHistory() {
        EpochsHaveHistories check = new EpochsHaveHistories();
        check.sent(1, 2, LINK, QuorumPacket.diff(zxid(1, 9)));
        check.sent(1, 2, LINK, QuorumPacket.newLeader(2, ""));
        check.flushed(1, zxid(1, 8));
        broken(() -> check.epochStored(1, false, 2), "has epoch 2 on disk, which begins with 1:9");
        broken(() -> check.started(3, 2, 2, -1, zxid(1, 8)), "but transactions up to 1:8 only");
        kept(() -> check.epochStored(1, true, 2));
        check.flushed(1, zxid(1, 9));
        kept(() -> check.epochStored(1, false, 2));
        kept(() -> check.started(3, 2, 2, -1, zxid(1, 9)));
        check.cut(3, zxid(1, 5), false);
        check.cutDone(3, zxid(1, 5), false);
        kept(() -> check.started(3, 3, 2, -1, zxid(1, 5)));
        check.wiped(3);
        kept(() -> check.started(3, 0, 0, -1, 0));
    }

    @Test
    void aPromiseThatIsNotStored() {
        PromisesAreDurable check = new PromisesAreDurable();
        check.epochStored(1, true, 1);
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.leaderInfo(2)), "offers epoch 2");
        broken(() -> check.sent(2, 1, LINK, QuorumPacket.ackEpoch(0, new EpochAck(0))), "promises epoch 2");
        check.sent(1, 2, LINK, QuorumPacket.newLeader(2, ""));
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.upToDate()), "serves epoch 2");
        check.epochStored(1, true, 2);
        check.epochStored(1, false, 2);
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.leaderInfo(2)));
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.upToDate()));
    }

    @Test
    void aCommitOutOfOrder() {
        CommitsFollowProposals check = new CommitsFollowProposals();
        check.sent(1, 2, LINK, QuorumPacket.proposal(zxid(1, 1), new byte[0]));
        check.sent(1, 2, LINK, QuorumPacket.proposal(zxid(1, 2), new byte[0]));
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.commit(zxid(1, 1))));
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.commit(zxid(1, 3))), "1:2 is next");
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.commit(zxid(1, 2))), "nothing is next");
    }

    @Test
    void upToDateTooEarly() {
        UpToDateIsTrue check = new UpToDateIsTrue(TWO);
        check.sent(1, 2, LINK, QuorumPacket.diff(zxid(1, 1)));
        check.sent(1, 2, LINK, QuorumPacket.newLeader(2, ""));
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.upToDate()), "acknowledged only by [1]");
        check.received(2, 1, LINK, QuorumPacket.ack(zxid(2, 0)));
        check.delivered(1, zxid(1, 2), 0);
        broken(() -> check.sent(1, 2, LINK, QuorumPacket.upToDate()), "the leader is at 1:2");
        broken(() -> check.serves(2, false, 2, zxid(1, 2)), "before it is up to date");
        check.sent(1, 2, LINK, QuorumPacket.commit(zxid(1, 2)));
        kept(() -> check.sent(1, 2, LINK, QuorumPacket.upToDate()));
        check.received(1, 2, LINK, QuorumPacket.upToDate());
        kept(() -> check.serves(2, false, 2, zxid(1, 2)));
    }

    @Test
    void anAnswerThatTooFewHaveOnDisk() {
        Durability check = new Durability(VOTERS, TWO);
        Call call = call(1, OpCode.SYNC, new SyncRequest("/"));
        kept(() -> check.answered(call, new Answer(zxid(1, 1), 0, null, 1), Set.of(1L, 3L)));
        broken(() -> check.answered(call, new Answer(zxid(1, 1), 0, null, 1), Set.of(1L)), "only [1] have on disk");
    }

    @Test
    void anAnswerThatIsLost() {
        NothingLost check = new NothingLost();
        check.committed(entry(zxid(1, 1), new CreateSessionTxn(1000)));
        Call call = call(1, OpCode.SYNC, new SyncRequest("/"));
        broken(() -> check.answered(call, new Answer(zxid(1, 2), 0, null, 1), null), "nothing is committed behind 1:1");
        check.answered(call, new Answer(zxid(1, 1), 0, null, 1), null);
        kept(() -> check.settled(1, zxid(1, 1)));
        broken(() -> check.settled(2, 0), "ends at 0:0");
    }

    @Test
    void answersOutOfOrder() {
        ClientOrder check = new ClientOrder();
        Call first = call(1, OpCode.SYNC, new SyncRequest("/"));
        Call second = call(2, OpCode.SYNC, new SyncRequest("/"));
        check.called(first);
        check.called(second);
        broken(() -> check.answered(second, new Answer(5, 0, null, 1), null), "before #1");
    }

    @Test
    void aSessionThatSeesThePast() {
        ClientOrder check = new ClientOrder();
        check.connected(1, 1, SESSION, 9);
        Call call = call(1, OpCode.SYNC, new SyncRequest("/"));
        check.called(call);
        broken(() -> check.answered(call, new Answer(8, 0, null, 1), null), "after 0:9");
    }

    @Test
    void aReadThatIsShownALaterWriteOfItsOwnSession() {
        ClientOrder check = new ClientOrder();
        Call read = call(1, OpCode.SYNC, new SyncRequest("/"));
        Call write = call(2, OpCode.SET_DATA, new SetDataRequest("/", null, -1));
        check.called(read);
        check.called(write);
        check.answered(read, new Answer(7, 0, null, 1), null);
        broken(() -> check.answered(write, new Answer(7, 0, null, 1), null), "an earlier request");
    }

    private static Call call(int xid, OpCode op, Request request) {
        return new Call(1, 1, SESSION, xid, op, request);
    }

    private static TxnEntry entry(long zxid, Txn txn) {
        return new TxnEntry(new TxnHeader(SESSION, 1, zxid, 0, 0), txn, null);
    }

    private static CreateTxn create(String path, boolean ephemeral) {
        return new CreateTxn(path, new byte[] {1}, Acl.OPEN_UNSAFE, ephemeral, 1);
    }

    @Test
    void transactionsThatDoNotFit() {
        Model model = new Model();
        model.committed(entry(1, new CreateSessionTxn(1000)));
        model.committed(entry(2, create("/a", true)));
        broken(() -> model.committed(entry(3, create("/a", false))), "creates a node that is there");
        broken(() -> model.committed(entry(3, create("/b/c", false))), "without parent");
        broken(() -> model.committed(entry(3, new DeleteTxn("/b"))), "deletes a node that is not there");
        broken(() -> model.committed(entry(3, new SetDataTxn("/a", null, 2))), "skips a version");
        broken(() -> model.committed(entry(3, new CreateSessionTxn(1000))), "used before");
        broken(() -> model.committed(entry(3, new CloseSessionTxn(List.of()))), "leaves its nodes");
        kept(() -> new Model().committed(entry(1, new CloseSessionTxn(List.of()))));
    }

    private static Model withNode() {
        Model model = new Model();
        model.committed(entry(1, create("/a", false)));
        return model;
    }

    @Test
    void aWriteThatIsNotInTheHistory() {
        WritesAreTrue check = new WritesAreTrue(withNode());
        Call call = call(1, OpCode.CREATE, EmptyRequest.INSTANCE);
        kept(() -> check.answered(call, new Answer(1, 0, new CreateResponse("/a"), 1), null));
        broken(() -> check.answered(call, new Answer(1, 0, new CreateResponse("/b"), 1), null), "creates /a");
        broken(() -> check.answered(call, new Answer(1, -101, null, 1), null), "has error 0");
        broken(() -> check.answered(call, new Answer(2, 0, new CreateResponse("/a"), 1), null), "succeeded at 0:2");
    }

    @Test
    void aReadOfWhatWasNeverThere() {
        ReadsAreTrue check = new ReadsAreTrue(withNode());
        Call call = call(2, OpCode.GET_DATA, new GetDataRequest("/a", false));
        Stat stat = new Stat(1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1);
        kept(() -> check.answered(call, new Answer(1, 0, new GetDataResponse(new byte[] {1}, stat), 1), null));
        broken(
                () -> check.answered(call, new Answer(1, 0, new GetDataResponse(new byte[] {2}, stat), 1), null),
                "other data");
        broken(() -> check.answered(call, new Answer(1, -101, null, 1), null), "it is there");
        broken(
                () -> check.answered(call, new Answer(0, 0, new GetDataResponse(new byte[] {1}, stat), 1), null),
                "it is not there");
    }

    @Test
    void aSyncThatIsAnsweredFromThePast() {
        Model model = withNode();
        model.committed(entry(2, create("/b", false)));
        RealTime check = new RealTime(model);
        Call write = call(1, OpCode.CREATE, EmptyRequest.INSTANCE);
        check.called(write);
        check.answered(write, new Answer(2, 0, null, 0), null);
        Call sync = call(2, OpCode.SYNC, new SyncRequest("/"));
        check.called(sync);
        broken(() -> check.answered(sync, new Answer(1, 0, null, 0), null), "somebody had been answered with 0:2");
        check.called(sync);
        kept(() -> check.answered(sync, new Answer(2, 0, null, 0), null));
    }

    private static final WatchedEvent CHANGED = new WatchedEvent(EventType.NODE_DATA_CHANGED, "/a");

    private static WatchesFire watching(Model model) {
        WatchesFire check = new WatchesFire(model);
        check.answered(call(1, OpCode.EXISTS, new ExistsRequest("/a", true)), new Answer(1, 0, null, 1), null);
        return check;
    }

    @Test
    void aWatchThatFiresTooLate() {
        Model model = withNode();
        WatchesFire check = watching(model);
        model.committed(entry(2, new SetDataTxn("/a", null, 1)));
        Answer later = new Answer(2, 0, null, 1);
        broken(() -> check.answered(call(2, OpCode.SYNC, new SyncRequest("/")), later, null), "before its watch fired");
        kept(() -> check.notified(1, 1, 2, CHANGED));
        kept(() -> check.answered(call(2, OpCode.SYNC, new SyncRequest("/")), later, null));
        broken(() -> check.notified(1, 1, 2, CHANGED), "does not watch");
    }

    @Test
    void aWatchThatFiresForNothing() {
        WatchesFire check = watching(withNode());
        broken(() -> check.notified(1, 1, 1, CHANGED), "did not happen");
    }

    @Test
    void aWatchThatIsForgottenOnTheWayToAnotherServer() {
        Model model = withNode();
        model.committed(entry(2, new SetDataTxn("/a", null, 1)));
        WatchesFire check = new WatchesFire(model);
        Call again = call(
                -8,
                OpCode.SET_WATCHES2,
                new SetWatchesRequest(1, List.of("/a"), List.of(), List.of(), List.of(), List.of()));
        check.called(again);
        broken(() -> check.answered(again, new Answer(2, 0, null, 1), null), "was not told what it missed");
        check.called(again);
        check.notified(1, 1, -1, CHANGED);
        kept(() -> check.answered(again, new Answer(2, 0, null, 1), null));
    }
}
