package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Caller;
import io.quorate.coordinator.op.Ops;
import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.op.Permissions;
import io.quorate.coordinator.op.PlanContext;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.SpeculativeTree;
import io.quorate.coordinator.tree.Stamp;
import io.quorate.coordinator.zab.Broadcast;
import io.quorate.coordinator.zab.CommitSink;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnDigest;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of a write: planned against the tree as it will be, encoded once, proposed, and applied when it is committed, in the
 * same order. What another server planned comes in here when it is to be applied.
 */
final class Writes implements CommitSink {

    /** Who waits for transactions. */
    interface Committed {

        /** The request behind a transaction that was planned elsewhere, or null if nobody here waits for it. */
        Task waitingFor(TxnHeader header);

        /** Told of each transaction right after it was applied. */
        void committed(Transaction transaction, Outcome outcome);
    }

    private static final int DIGEST_VERSION = 2;
    private static final int DIGEST_EVERY = 128;
    private static final int ENTRY_OVERHEAD_BYTES = 128;

    /** With so few, an entry is never longer than its frame and some. */
    private static final int IDENTITIES_USUAL = 3;

    private final CoreSettings settings;
    private final Applier applier;
    private final SessionTable sessions;
    private final Permissions permissions;
    private final SpeculativeTree speculative;
    private final ServerStats stats;
    private final Committed committed;
    private final Deque<Transaction> inFlight = new ArrayDeque<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final JuteWriter writer = new JuteWriter();
    private final JuteReader reader = new JuteReader(Integer.MAX_VALUE);
    private Broadcast broadcast;
    private int clientsWait;
    private boolean comparing = true;
    private long lastApplied;

    Writes(
            CoreSettings settings,
            Applier applier,
            SessionTable sessions,
            Permissions permissions,
            ServerStats stats,
            Committed committed) {
        this.settings = settings;
        this.applier = applier;
        this.sessions = sessions;
        this.permissions = permissions;
        this.stats = stats;
        this.committed = committed;
        this.speculative = new SpeculativeTree(applier.tree());
    }

    /** What is planned is proposed through this. */
    void proposeThrough(Broadcast through) {
        broadcast = through;
    }

    /** Continues behind the last transaction that was recovered. */
    void recovered(long lastZxid) {
        lastApplied = lastZxid;
        abandon();
    }

    /** Forgets what is in flight, so that nobody is answered for it. Plans begin again from the tree as it is. */
    void abandon() {
        inFlight.clear();
        clientsWait = 0;
        speculative.clear();
    }

    /** Whether the digests that come along with others' transactions say anything of this tree. */
    void compareDigests(boolean meaningful) {
        comparing = meaningful;
    }

    long lastApplied() {
        return lastApplied;
    }

    int inFlight() {
        return inFlight.size();
    }

    /** How many of those in flight a client of this server waits for. */
    int inFlightForClients() {
        return clientsWait;
    }

    boolean hasRoom() {
        return broadcast.hasRoom(settings.entryBytesMax());
    }

    /**
     * Plans a write and proposes what came of it, be it a change or a refusal.
     *
     * @param cxid the number that the client gave it, 0 for what a server asks
     * @param task null if no client of this server waits for it
     */
    void plan(OpCode op, Request request, Caller caller, int cxid, Task task, long wallMillis) {
        Stamp stamp = new Stamp(broadcast.nextZxid(), wallMillis);
        PlanContext context = new PlanContext(
                speculative, applier.tree().quotas(), sessions, permissions, settings.ops(), caller, stamp);
        Txn txn = caller.identities().size() <= IDENTITIES_USUAL
                ? Ops.plan(op, request, context)
                : planForMany(op, request, context);
        propose(txn, header(op, txn, caller.session(), cxid, stamp), task);
    }

    /**
     * Each "auth" in an access list stands for all identities of the caller: with many of them the entry may outgrow the frame
     * by far.
     */
    private Txn planForMany(OpCode op, Request request, PlanContext context) {
        SpeculativeTree.Mark mark = speculative.begin();
        Txn txn = Ops.plan(op, request, context);
        writer.wrap(buffer, 0);
        txn.write(writer);
        if (writer.position() + ENTRY_OVERHEAD_BYTES <= settings.entryBytesMax()) {
            speculative.keep();
            return txn;
        }
        speculative.rollback(mark);
        return new ErrorTxn(ErrorCode.MARSHALLING_ERROR.code());
    }

    /** Proposes an error in the place of a request that cannot be planned. */
    void refuse(ErrorCode error, long session, int cxid, Task task, long wallMillis) {
        Stamp stamp = new Stamp(broadcast.nextZxid(), wallMillis);
        Txn txn = new ErrorTxn(error.code());
        propose(txn, header(OpCode.ERROR, txn, session, cxid, stamp), task);
    }

    /** @param task null if no client of this server waits for it */
    void createSession(long id, int timeoutMillis, Task task, long wallMillis) {
        Stamp stamp = new Stamp(broadcast.nextZxid(), wallMillis);
        Txn txn = new CreateSessionTxn(timeoutMillis);
        propose(txn, header(OpCode.CREATE_SESSION, txn, id, 0, stamp), task);
    }

    private static TxnHeader header(OpCode op, Txn txn, long session, int cxid, Stamp stamp) {
        OpCode type = txn instanceof ErrorTxn ? OpCode.ERROR : op;
        return new TxnHeader(session, cxid, stamp.zxid(), stamp.timeMillis(), type.code());
    }

    private void propose(Txn txn, TxnHeader header, Task task) {
        long digest = speculative.digest();
        writer.wrap(buffer, 0);
        header.write(writer);
        txn.write(writer);
        if (settings.digestEnabled() && hasDigest(txn)) {
            writer.writeInt(DIGEST_VERSION);
            writer.writeLong(digest);
        }
        int length = writer.position();
        inFlight.add(new Transaction(header, txn, digest, task, length));
        clientsWait += task == null ? 0 : 1;
        stats.proposed(length);
        broadcast.propose(header.zxid(), buffer, 0, length);
    }

    /** As the reference does: errors change nothing, and behind a missing list a digest would be taken for one. */
    private static boolean hasDigest(Txn txn) {
        boolean unlisted = txn instanceof CloseSessionTxn close && close.paths() == null;
        return !unlisted && !(txn instanceof ErrorTxn);
    }

    /** The oldest transaction in flight is committed. */
    @Override
    public void commit(long zxid) {
        Transaction transaction = inFlight.poll();
        assert transaction != null && transaction.header().zxid() == zxid : zxid;
        clientsWait -= transaction.task() == null ? 0 : 1;
        Outcome outcome = apply(transaction);
        speculative.applied(zxid, inFlight.isEmpty());
        if (settings.digestEnabled()) {
            check(zxid, transaction.digest());
        }
        committed.committed(transaction, outcome);
    }

    /** A transaction is committed: the oldest in flight, or one that was not planned here. */
    void commit(long zxid, byte[] entry) {
        Transaction oldest = inFlight.peek();
        if (oldest != null && oldest.header().zxid() == zxid) {
            commit(zxid);
        } else {
            applyForeign(TxnEntry.read(reader.wrap(new UnsafeBuffer(entry), 0, entry.length)), entry.length);
        }
    }

    private void applyForeign(TxnEntry entry, int bytes) {
        TxnHeader header = entry.header();
        TxnDigest expected = entry.digest();
        boolean comparable = expected != null && expected.version() == DIGEST_VERSION;
        long digest = comparable ? expected.treeDigest() : 0;
        Transaction transaction = new Transaction(header, entry.txn(), digest, committed.waitingFor(header), bytes);
        Outcome outcome = apply(transaction);
        if (settings.digestEnabled() && comparable && comparing) {
            check(header.zxid(), digest);
        }
        committed.committed(transaction, outcome);
    }

    private Outcome apply(Transaction transaction) {
        Outcome outcome = applier.apply(transaction.header(), transaction.txn());
        lastApplied = transaction.header().zxid();
        return outcome;
    }

    /** Compares the predicted digest with what came out, and records every so often what it was. */
    private void check(long zxid, long predicted) {
        long digest = applier.tree().digest();
        if (digest != predicted) {
            stats.digestMismatches++;
        }
        if (zxid % DIGEST_EVERY == 0) {
            stats.record(zxid, digest);
        }
    }
}
