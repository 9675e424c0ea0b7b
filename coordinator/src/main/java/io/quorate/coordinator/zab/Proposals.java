package io.quorate.coordinator.zab;

import org.agrona.DirectBuffer;

/**
 * Transactions in flight: proposed, and committed strictly in order once enough servers have them on disk. Alone, this
 * server is the whole quorum, and a flush is a commit.
 */
public final class Proposals {

    private final LogOut log;
    private final CommitSink sink;
    private long lastProposed;
    private long lastCommitted;

    /** Continues behind {@code lastZxid}, the last transaction that was recovered. */
    public Proposals(LogOut log, CommitSink sink, long lastZxid) {
        this.log = log;
        this.sink = sink;
        this.lastProposed = lastZxid;
        this.lastCommitted = lastZxid;
    }

    /** The zxid that the next proposal must have. */
    public long nextZxid() {
        return lastProposed + 1;
    }

    public int inFlight() {
        return (int) (lastProposed - lastCommitted);
    }

    /** True if the log takes an entry of this size now. */
    public boolean hasRoom(int entryBytes) {
        return log.hasRoom(entryBytes);
    }

    /** Orders the transaction to be logged. A zxid is never used twice. */
    public void propose(long zxid, DirectBuffer entry, int offset, int length) {
        assert zxid == lastProposed + 1 : zxid;
        lastProposed = zxid;
        log.append(zxid, entry, offset, length);
    }

    /** Everything up to {@code zxid} is on this server's disk. */
    public void onLogFlushed(long zxid) {
        assert zxid <= lastProposed : zxid;
        while (lastCommitted < zxid) {
            lastCommitted++;
            sink.commit(lastCommitted);
        }
    }
}
