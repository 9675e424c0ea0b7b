package io.quorate.sim;

import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.core.StoredState;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.quorum.SnapshotNode;
import io.quorate.wire.quorum.SnapshotSink;
import io.quorate.wire.quorum.SnapshotStream;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Brings back what a simulated disk has: the newest snapshot that counts, and the log behind it. */
final class SimStored implements StoredState {

    /** Magic, version and database id in front of a stored snapshot. */
    private static final int HEAD_BYTES = 16;

    private static final int LENGTH_MAX = 1 << 20;

    private final SimDisk disk;

    SimStored(SimDisk disk) {
        this.disk = disk;
    }

    @Override
    public void load(Recovery into, long upTo) {
        SimDisk.StoredSnapshot snapshot = disk.snapshotUpTo(upTo);
        SimDisk.LogContents log = disk.log();
        long from = snapshot == null ? 0 : snapshot.zxid();
        if (from < log.reachesBackTo()) {
            throw new IllegalStateException("the log reaches back to " + Story.number(log.reachesBackTo())
                    + ", the snapshot to " + Story.number(from));
        }
        if (snapshot != null) {
            into.reset();
            read(snapshot, into);
            into.snapshotLoaded(snapshot.zxid(), snapshot.zxid(), snapshot.digest());
        }
        for (SimDisk.Entry entry : log.entries()) {
            if (entry.zxid() > from && entry.zxid() <= upTo) {
                into.replay(new UnsafeBuffer(entry.bytes()), 0, entry.bytes().length);
            }
        }
        disk.dropSnapshotsAfter(upTo);
    }

    @Override
    public boolean reachesBackTo(long zxid) {
        SimDisk.StoredSnapshot snapshot = disk.snapshotUpTo(zxid);
        return (snapshot == null ? 0 : snapshot.zxid()) >= disk.log().reachesBackTo();
    }

    @Override
    public void dropAfter(long zxid) {
        disk.dropSnapshotsAfter(zxid);
    }

    /** The stream between servers ends with a signature that a stored snapshot has not. */
    private static void read(SimDisk.StoredSnapshot snapshot, Recovery into) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(snapshot.bytes().length + 64);
        JuteWriter writer = new JuteWriter().wrap(buffer, 0);
        writer.writeRaw(snapshot.bytes());
        writer.writeString(SnapshotStream.SIGNATURE);
        SnapshotStream stream = new SnapshotStream(new IntoRecovery(into), LENGTH_MAX);
        stream.read(buffer, HEAD_BYTES, writer.position() - HEAD_BYTES);
        if (!stream.isComplete()) {
            throw new IllegalStateException("the snapshot at " + Story.number(snapshot.zxid()) + " is not whole");
        }
    }

    private record IntoRecovery(Recovery into) implements SnapshotSink {
        @Override
        public void session(long id, int timeoutMillis) {
            into.session(id, timeoutMillis);
        }

        @Override
        public void acl(long id, List<Acl> acl) {
            into.acl((int) id, acl);
        }

        @Override
        public void node(String path, SnapshotNode node) {
            boolean taken = into.node(
                    path,
                    new NodeImage(
                            node.data(),
                            (int) node.aclId(),
                            node.czxid(),
                            node.mzxid(),
                            node.ctime(),
                            node.mtime(),
                            node.version(),
                            node.cversion(),
                            node.aversion(),
                            node.ephemeralOwner(),
                            node.pzxid()));
            if (!taken) {
                throw new IllegalStateException("node " + path + " of a snapshot has no place");
            }
        }

        @Override
        public void end() {
            // Whoever called the stream sees it.
        }
    }
}
