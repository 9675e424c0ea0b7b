package io.quorate.sim.check;

import io.quorate.wire.proto.WatchedEvent;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.txn.TxnEntry;
import java.util.Set;

/**
 * Watches a run, and throws {@link Violation} as soon as a property does not hold. Each implementation hears only what it
 * cares for. Servers are named by their id, transactions by zxid and {@link Content}.
 */
public interface Invariant {

    // Servers

    /** A server starts with what its disk has; {@code snapshot} is the zxid of the one it begins with, −1 for none. */
    default void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {}

    /** The process is gone. */
    default void stopped(long sid) {}

    /** A server begins to serve clients, as leader or learner of this epoch; its state is the one after {@code zxid}. */
    default void serves(long sid, boolean leading, long epoch, long zxid) {}

    /** A server that serves has applied this transaction, or had when it began; in order. */
    default void delivered(long sid, long zxid, long content) {}

    /** The first server of all that delivered this transaction; in order. */
    default void committed(TxnEntry entry) {}

    /** The digest of a serving server's tree after {@code zxid}. */
    default void digest(long sid, long zxid, long digest) {}

    // Disks

    /** A server ordered a transaction to be logged. */
    default void appended(long sid, long zxid, long content) {}

    /** A server ordered its log to be void behind {@code zxid}, or to start anew there. */
    default void cut(long sid, long zxid, boolean anew) {}

    /** A server's log is on disk up to {@code zxid}. */
    default void flushed(long sid, long zxid) {}

    /** A server's log was cut on disk. */
    default void cutDone(long sid, long zxid, boolean anew) {}

    /** A server began to write a snapshot of its state after {@code zxid}. */
    default void snapshotBegun(long sid, long zxid) {}

    /** A snapshot is on disk. */
    default void snapshotStored(long sid, long zxid) {}

    /** An epoch is on disk. */
    default void epochStored(long sid, boolean accepted, long epoch) {}

    /** A server's disk was replaced by an empty one. */
    default void wiped(long sid) {}

    // Links between servers

    /** A server sends a packet; {@code link} is distinct for each connection. */
    default void sent(long from, long to, long link, QuorumPacket packet) {}

    /** A packet came out at the other end. */
    default void received(long from, long to, long link, QuorumPacket packet) {}

    // Clients

    default void called(Call call) {}

    /** {@code durableAt} are the voters whose disk has everything up to the answer's zxid; null if that was not looked at. */
    default void answered(Call call, Answer answer, Set<Long> durableAt) {}

    /** A client's connection has a session, new or resumed; it had seen {@code lastZxidSeen} before. */
    default void connected(int client, long connection, long session, long lastZxidSeen) {}

    /** A client's connection is gone; what it had not been answered is unknown. */
    default void disconnected(int client, long connection) {}

    /** A watch notification came. */
    default void notified(int client, long connection, long zxid, WatchedEvent event) {}

    /** Nothing is under way any more, and this server's state is the one after {@code zxid}. */
    default void settled(long sid, long zxid) {}
}
