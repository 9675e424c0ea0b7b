package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Caller;
import io.quorate.coordinator.op.Ops;
import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.op.Permissions;
import io.quorate.coordinator.op.PlanContext;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.SpeculativeTree;
import io.quorate.coordinator.tree.Stamp;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.coordinator.zab.Proposals;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.ExpandableArrayBuffer;

/**
 * The way of a write: planned against the tree as it will be, encoded once, proposed, and applied when it is committed, in the
 * same order.
 */
final class Writes {

    /** Told of each transaction right after it was applied. */
    interface Committed {
        void committed(Transaction transaction, Outcome outcome, int bytes);
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
    private final LogOut log;
    private final Committed committed;
    private final Deque<Transaction> inFlight = new ArrayDeque<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final JuteWriter writer = new JuteWriter();
    private Proposals proposals;
    private long lastApplied;

    Writes(
            CoreSettings settings,
            Applier applier,
            SessionTable sessions,
            Permissions permissions,
            LogOut log,
            Committed committed) {
        this.settings = settings;
        this.applier = applier;
        this.sessions = sessions;
        this.permissions = permissions;
        this.log = log;
        this.committed = committed;
        this.speculative = new SpeculativeTree(applier.tree());
        recovered(0);
    }

    /** Continues behind the last transaction that was recovered. */
    void recovered(long lastZxid) {
        lastApplied = lastZxid;
        proposals = new Proposals(log, this::commit, lastZxid);
        speculative.clear();
    }

    long lastApplied() {
        return lastApplied;
    }

    int inFlight() {
        return inFlight.size();
    }

    boolean hasRoom() {
        return proposals.hasRoom(settings.entryBytesMax());
    }

    /** Plans a write and proposes what came of it, be it a change or a refusal. */
    void plan(OpCode op, Request request, Caller caller, Task task, long wallMillis) {
        Stamp stamp = new Stamp(proposals.nextZxid(), wallMillis);
        PlanContext context = new PlanContext(
                speculative, applier.tree().quotas(), sessions, permissions, settings.ops(), caller, stamp);
        if (caller.identities().size() <= IDENTITIES_USUAL) {
            propose(op, Ops.plan(op, request, context), caller.session(), task, stamp);
            return;
        }
        // Each "auth" in an access list stands for all identities of the caller: the entry may outgrow the frame by
        // far.
        SpeculativeTree.Mark mark = speculative.begin();
        Txn txn = Ops.plan(op, request, context);
        writer.wrap(buffer, 0);
        txn.write(writer);
        if (writer.position() + ENTRY_OVERHEAD_BYTES <= settings.entryBytesMax()) {
            speculative.keep();
        } else {
            speculative.rollback(mark);
            txn = new ErrorTxn(ErrorCode.MARSHALLING_ERROR.code());
        }
        propose(op, txn, caller.session(), task, stamp);
    }

    /** Proposes an error in the place of a request that cannot be planned. */
    void refuse(Task task, ErrorCode error, long wallMillis) {
        Stamp stamp = new Stamp(proposals.nextZxid(), wallMillis);
        propose(task.op, new ErrorTxn(error.code()), task.client.sessionId(), task, stamp);
    }

    void createSession(long id, int timeoutMillis, Task task, long wallMillis) {
        Stamp stamp = new Stamp(proposals.nextZxid(), wallMillis);
        propose(OpCode.CREATE_SESSION, new CreateSessionTxn(timeoutMillis), id, task, stamp);
    }

    private void propose(OpCode op, Txn txn, long session, Task task, Stamp stamp) {
        int type = txn instanceof ErrorTxn ? OpCode.ERROR.code() : op.code();
        int cxid = task == null ? 0 : task.xid;
        TxnHeader header = new TxnHeader(session, cxid, stamp.zxid(), stamp.timeMillis(), type);
        long digest = speculative.digest();
        writer.wrap(buffer, 0);
        header.write(writer);
        txn.write(writer);
        if (settings.digestEnabled() && hasDigest(txn)) {
            writer.writeInt(DIGEST_VERSION);
            writer.writeLong(digest);
        }
        inFlight.add(new Transaction(header, txn, digest, task, writer.position()));
        proposals.propose(stamp.zxid(), buffer, 0, writer.position());
    }

    /** As the reference does: errors change nothing, and behind a missing list a digest would be taken for one. */
    private static boolean hasDigest(Txn txn) {
        boolean unlisted = txn instanceof CloseSessionTxn close && close.paths() == null;
        return !unlisted && !(txn instanceof ErrorTxn);
    }

    void onLogFlushed(long zxid) {
        proposals.onLogFlushed(zxid);
    }

    private void commit(long zxid) {
        Transaction transaction = inFlight.poll();
        assert transaction != null && transaction.header().zxid() == zxid : zxid;
        Outcome outcome = applier.apply(transaction.header(), transaction.txn());
        lastApplied = zxid;
        speculative.applied(zxid, inFlight.isEmpty());
        committed.committed(transaction, outcome, transaction.bytes());
    }

    /** Compares the predicted digest with what came out, and records every so often what it was. */
    void checkDigest(Transaction transaction, ServerStats stats) {
        if (!settings.digestEnabled()) {
            return;
        }
        long zxid = transaction.header().zxid();
        long digest = applier.tree().digest();
        if (digest != transaction.digest()) {
            stats.digestMismatches++;
        }
        if (zxid % DIGEST_EVERY == 0) {
            stats.record(zxid, digest);
        }
    }
}
