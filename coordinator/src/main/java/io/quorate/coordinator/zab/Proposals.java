package io.quorate.coordinator.zab;

import org.agrona.DirectBuffer;

/**
 * Transactions in flight: proposed, and committed strictly in order once enough servers have them on disk. Alone, this
 * server is the whole quorum, and a flush is a commit.
 */
public final class Proposals implements Broadcast {

    private final LogOut log;
    private final CommitSink sink;
    private long lastProposed;
    private long lastCommitted;

    /** An empty history; continues behind a stored one through {@link #recovered}. */
    public Proposals(LogOut log, CommitSink sink) {
        this.log = log;
        this.sink = sink;
    }

    /** Continues behind the last transaction that was recovered. */
    public void recovered(long lastZxid) {
        lastProposed = lastZxid;
        lastCommitted = lastZxid;
    }

    @Override
    public long nextZxid() {
        return lastProposed + 1;
    }

    public int inFlight() {
        return (int) (lastProposed - lastCommitted);
    }

    @Override
    public boolean hasRoom(int entryBytes) {
        return log.hasRoom(entryBytes);
    }

    @Override
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
