package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;

/**
 * What the quorum works for: the state machine that transactions change, and the clients that it serves. Transactions are
 * opaque here. All calls come from the core's thread.
 */
public interface Service {

    /** The last transaction that the state holds. */
    long lastApplied();

    /** Applies one transaction, in zxid order. If it was planned here, its client is answered. */
    void apply(long zxid, byte[] entry);

    /** Serves from now on as the leader of this epoch: plans transactions, and proposes them through {@link Broadcast}. */
    void lead(long epoch);

    /** Serves from now on as a learner: sends writes to the leader through {@link Zab#forward}. */
    void learn();

    /** Serves no longer: drops its clients and all that was in flight. Also called when it did not serve yet. */
    void retire();

    /** A transaction that changes nothing, with this zxid: header and record as the log has them. */
    byte[] marker(long zxid);

    // Leading

    /**
     * A learner sent a client's request (quorum protocol, section 14).
     *
     * @throws io.quorate.wire.jute.MalformedException if the packet cannot be read, as the other calls with what peers sent
     */
    void onForwarded(Learner from, QuorumPacket request);

    /** A learner says which sessions it heard from (section 13.3). */
    void onTouches(Learner from, byte[] touches);

    /** A learner asks whether a session lives (section 13.4). The answer goes out through {@link Learner#send}. */
    void onRevalidate(Learner from, QuorumPacket question);

    /** A learner is gone: no session is owned through it any more. */
    void onLearnerGone(Learner learner);

    // Learning

    /** Which sessions were heard from since the last call; never null. */
    byte[] takeTouches();

    /** The leader answered the oldest sync that waits. */
    void onSynced();

    /** The leader says whether a session lives. */
    void onRevalidated(QuorumPacket answer);

    // State from and to others

    /** Forgets tree and sessions: a copy of the leader's state follows, part by part. */
    void beginLoad();

    /** @throws io.quorate.wire.jute.MalformedException if this cannot be part of a state */
    void load(SnapshotPart part);

    /** The copy is complete: this is the state at {@code zxid}. */
    void endLoad(long zxid);

    /** Stores a snapshot of the state now. Comes back as {@link Zab#onSnapshotStored}. */
    void storeSnapshot();

    /**
     * Rebuilds the state at {@code zxid} from disk; the log was cut there. Takes as long as a start.
     *
     * @throws IllegalStateException if the disk does not reach back to it
     */
    void reload(long zxid);

    /** Whether {@link #reload} could go back to {@code zxid}. May read from disk. */
    boolean canReload(long zxid);

    /** Deletes from disk the snapshots that are newer than {@code zxid}. */
    void dropSnapshotsAfter(long zxid);

    /** True if {@link #stream} can begin now; otherwise another walk of the tree must end first. */
    boolean canStream();

    /**
     * Sends the state as it is now through the link: raw chunks, the signature string included (section 8.6). In slices, as
     * the link takes them. Comes back as {@link Zab#onStreamed}, also if the link goes before.
     */
    void stream(Link link);
}
