package io.quorate.coordinator.core;

import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.coordinator.tree.SnapshotCursor;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;

/**
 * Takes point-in-time snapshots while the tree changes: decides when, walks the tree in slices, and hands the bytes out in
 * chunks (storage-formats 5).
 *
 * <pre>
 *   "ZKSN" | version 2 | dbid −1 | sessions: count, (id, timeout)* | ACLs: count, (id, list)* | (path, node)* | "/"
 * </pre>
 */
final class Snapshotter implements SnapshotCursor.NodeSink {

    private static final int MAGIC = 0x5A4B534E;
    private static final int VERSION = 2;
    private static final long DATABASE_ID = -1;
    private static final String TERMINATOR = "/";
    private static final int SLICE_NODES = 256;
    private static final int CHUNK_BYTES = 128 * 1024;
    private static final int DIGEST_VERSION = 2;

    private final DataTree tree;
    private final SessionTable sessions;
    private final SnapshotOut out;
    private final CoreSettings.Snapshots settings;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(2 * CHUNK_BYTES);
    private final JuteWriter writer = new JuteWriter();
    private SnapshotCursor cursor;
    private boolean storing;
    private boolean hurried;
    private long zxid;
    private long digest;
    private int transactions;
    private long logBytes;
    private long lastSnapshotBytes;
    private long handedOutBytes;

    Snapshotter(DataTree tree, SessionTable sessions, SnapshotOut out, CoreSettings.Snapshots settings) {
        this.tree = tree;
        this.sessions = sessions;
        this.out = out;
        this.settings = settings;
    }

    /** Counts a transaction that was applied, of so many bytes in the log. */
    void count(int bytes) {
        transactions++;
        logBytes += bytes;
    }

    /** True if the log has grown enough since the last snapshot, and none is under way. */
    boolean isDue() {
        if (isBusy() || settings.transactions() <= 0) {
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

    /** True while slices are to be taken. */
    boolean isWalking() {
        return cursor != null;
    }

    /** True from the beginning of a snapshot until it is known how it ended. */
    boolean isBusy() {
        return cursor != null || storing;
    }

    /** Begins a snapshot of what is applied now. */
    void begin(long lastApplied) {
        assert !isBusy();
        zxid = lastApplied;
        digest = tree.digest();
        hurried = false;
        transactions = 0;
        logBytes = 0;
        handedOutBytes = 0;
        writer.wrap(buffer, 0);
        out.begin(zxid);
        writer.writeInt(MAGIC);
        writer.writeInt(VERSION);
        writer.writeLong(DATABASE_ID);
        writer.writeInt(sessions.size());
        sessions.forEach(session -> {
            writer.writeLong(session.id());
            writer.writeInt(session.timeoutMillis());
        });
        writer.writeInt(tree.acls().size());
        tree.acls().forEach((id, acl) -> {
            writer.writeLong(id);
            Acl.writeList(writer, acl);
        });
        cursor = tree.beginSnapshot(this);
    }

    /** Takes one slice, if the agent has room. */
    void advance() {
        if (cursor == null || !out.hasRoom()) {
            return;
        }
        boolean complete = cursor.advance(SLICE_NODES);
        if (complete) {
            tree.endSnapshot();
            cursor = null;
            storing = true;
            writer.writeString(TERMINATOR);
            flush();
            out.end(zxid, tree.isDigestEnabled() ? DIGEST_VERSION : 0, digest);
        }
    }

    /** The agent is done; {@code bytes} −1 means that it gave up. */
    void onDone(long bytes) {
        storing = false;
        if (cursor != null) {
            tree.endSnapshot();
            cursor = null;
        }
        if (bytes >= 0) {
            lastSnapshotBytes = handedOutBytes;
        }
    }

    @Override
    public void node(String path, NodeImage image) {
        writer.writeString(path);
        writer.writeBuffer(image.data());
        writer.writeLong(image.aclId());
        writer.writeLong(image.czxid());
        writer.writeLong(image.mzxid());
        writer.writeLong(image.ctime());
        writer.writeLong(image.mtime());
        writer.writeInt(image.version());
        writer.writeInt(image.childVersion());
        writer.writeInt(image.aversion());
        writer.writeLong(image.owner());
        writer.writeLong(image.pzxid());
        if (writer.position() >= CHUNK_BYTES) {
            flush();
        }
    }

    private void flush() {
        int length = writer.position();
        handedOutBytes += length;
        out.chunk(Arrays.copyOf(buffer.byteArray(), length), length);
        writer.wrap(buffer, 0);
    }
}
