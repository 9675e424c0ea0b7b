package io.quorate.coordinator.core;

import io.quorate.coordinator.tree.DataTree;
import io.quorate.wire.jute.JuteWriter;

/**
 * Takes snapshots while the tree changes: decides when, and hands their bytes to the snapshot agent (storage-formats 5).
 *
 * <pre>
 *   "ZKSN" | version 2 | dbid −1 | what {@link StateWalk} writes
 * </pre>
 */
final class Snapshotter implements StateWalk.Destination {

    /** Told how a snapshot ended that was ordered. */
    interface Stored {
        void stored(long zxid, boolean stored);
    }

    private static final int MAGIC = 0x5A4B534E;
    private static final int VERSION = 2;
    private static final long DATABASE_ID = -1;
    private static final int DIGEST_VERSION = 2;

    private final DataTree tree;
    private final StateWalk walk;
    private final SnapshotOut out;
    private final CoreSettings.Snapshots settings;
    private Stored ordered;
    private Stored carriedOut;
    private boolean busy;
    private boolean hurried;
    private long zxid;
    private long digest;
    private int transactions;
    private long logBytes;
    private long lastSnapshotBytes;
    private long handedOutBytes;

    Snapshotter(DataTree tree, StateWalk walk, SnapshotOut out, CoreSettings.Snapshots settings) {
        this.tree = tree;
        this.walk = walk;
        this.out = out;
        this.settings = settings;
    }

    /** Counts a transaction that was applied, of so many bytes in the log. */
    void count(int bytes) {
        transactions++;
        logBytes += bytes;
    }

    /** True if the log has grown enough since the last snapshot, and one can be begun. */
    boolean isDue() {
        if (busy || walk.isWalking() || settings.transactions() <= 0) {
            return false;
        }
        if (hurried && transactions > 0) {
            return true;
        }
        boolean manyTransactions =
                transactions >= settings.transactions() && logBytes >= Math.max(settings.logBytes(), lastSnapshotBytes);
        return manyTransactions || logBytes >= settings.logBytesMax();
    }

    /** The next snapshot is due as soon as there is anything new to put into it. */
    void hurry() {
        hurried = true;
    }

    /** A snapshot is wanted as soon as one can be begun; at most one is at a time. */
    void order(Stored whenDone) {
        assert ordered == null && carriedOut == null;
        ordered = whenDone;
    }

    /** True if one is ordered that can be begun now. */
    boolean canCarryOutOrder() {
        return ordered != null && !busy && !walk.isWalking();
    }

    /** True while slices of a snapshot are to be taken. */
    boolean isWalking() {
        return walk.isWalkingFor(this);
    }

    /** True from the beginning of a snapshot until it is known how it ended. */
    boolean isBusy() {
        return busy;
    }

    /** Begins a snapshot of what is applied now. */
    void begin(long lastApplied) {
        assert !busy;
        carriedOut = ordered;
        ordered = null;
        busy = true;
        zxid = lastApplied;
        digest = tree.digest();
        hurried = false;
        transactions = 0;
        logBytes = 0;
        handedOutBytes = 0;
        out.begin(zxid);
        walk.begin(this);
    }

    /** Takes one slice, if there is one to take. */
    void advance() {
        walk.advance();
    }

    /** Gives up what is under way, for the state is about to be forgotten. */
    void abandon() {
        if (isWalking()) {
            walk.abandon();
            out.abandon();
        }
    }

    /** The agent is done; {@code bytes} −1 means that it gave up. */
    void onDone(long bytes) {
        busy = false;
        if (isWalking()) {
            walk.abandon();
        }
        if (bytes >= 0) {
            lastSnapshotBytes = handedOutBytes;
        }
        if (carriedOut != null) {
            Stored told = carriedOut;
            carriedOut = null;
            told.stored(zxid, bytes >= 0);
        }
    }

    @Override
    public void writeHead(JuteWriter writer) {
        writer.writeInt(MAGIC);
        writer.writeInt(VERSION);
        writer.writeLong(DATABASE_ID);
    }

    @Override
    public void writeTail(JuteWriter writer) {
        // The seal is the agent's to write.
    }

    @Override
    public void chunk(byte[] bytes, int length) {
        handedOutBytes += length;
        out.chunk(bytes, length);
    }

    @Override
    public boolean hasRoom() {
        return out.hasRoom();
    }

    @Override
    public void end() {
        out.end(zxid, tree.isDigestEnabled() ? DIGEST_VERSION : 0, digest);
    }
}
