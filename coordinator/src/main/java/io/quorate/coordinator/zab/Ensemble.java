package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;

/** What a member's service asks of the quorum that it works for. The core's thread alone calls it. */
public interface Ensemble extends Broadcast {

    /** A transaction that recovery replayed from the log, in order, before {@link #start}. */
    void replayed(long zxid, byte[] entry);

    /** Begins to look for a leader. The service holds everything that the log has, and it is durable. */
    void start(long acceptedEpoch, long currentEpoch);

    /** Says what time it is for all that follows, on the monotonic clock in milliseconds. */
    void at(long nowMillis);

    /** Does what time asks for, and returns when to be called next. */
    long tick();

    /** Everything up to {@code zxid} is on this server's disk. */
    void onLogFlushed(long zxid);

    /** The snapshot that {@link Service#storeSnapshot} ordered is on disk; or was given up. Once for each order. */
    void onSnapshotStored(long zxid, boolean stored);

    /** Everything of {@link Service#stream} was given to the link; or the link is gone, and that was heard before. */
    void onStreamed(Link link);

    /**
     * Sends a packet to a learner as soon as all that is proposed now is committed, and behind it (section 14.3). Only while
     * leading.
     */
    void answer(Learner to, QuorumPacket packet);

    /** Sends a REQUEST or REVALIDATE to the leader. Only while the service learns. */
    void forward(QuorumPacket packet);

    /** What this server is. FOLLOWING and LEADING begin with the end of the election, before it serves. */
    PeerState state();

    /** The epoch in which this server serves, or last served. */
    long epoch();
}
