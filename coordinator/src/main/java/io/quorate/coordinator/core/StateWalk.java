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
 * Writes the whole state out as it was at one point in time, in slices, while it changes (storage-formats 5). There is one,
 * and it is on one way at a time.
 *
 * <pre>
 *   sessions: count, (id, timeout)* | ACLs: count, (id, list)* | (path, node)* | "/"
 * </pre>
 */
final class StateWalk implements SnapshotCursor.NodeSink {

    /** Where the bytes go, and what stands around them. */
    interface Destination {

        void writeHead(JuteWriter writer);

        void writeTail(JuteWriter writer);

        /** The next bytes; the array is not touched again. */
        void chunk(byte[] bytes, int length);

        /** False while the walk should pause. What changes is handed out before all the same. */
        boolean hasRoom();

        /** Everything was handed out. */
        void end();
    }

    private static final String TERMINATOR = "/";
    private static final int SLICE_NODES = 256;
    private static final int CHUNK_BYTES = 128 * 1024;

    private final DataTree tree;
    private final SessionTable sessions;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(2 * CHUNK_BYTES);
    private final JuteWriter writer = new JuteWriter();
    private SnapshotCursor cursor;
    private Destination destination;

    StateWalk(DataTree tree, SessionTable sessions) {
        this.tree = tree;
        this.sessions = sessions;
    }

    /** True while slices are to be taken. */
    boolean isWalking() {
        return cursor != null;
    }

    /** True while slices are to be taken for this destination. */
    boolean isWalkingFor(Destination wanted) {
        return destination == wanted;
    }

    /** Begins with what is applied now. */
    void begin(Destination to) {
        assert !isWalking();
        destination = to;
        writer.wrap(buffer, 0);
        to.writeHead(writer);
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

    /** Takes one slice if there is room for it; false if there was nothing to do. */
    boolean advance() {
        if (cursor == null || !destination.hasRoom()) {
            return false;
        }
        if (cursor.advance(SLICE_NODES)) {
            Destination ended = destination;
            writer.writeString(TERMINATOR);
            ended.writeTail(writer);
            flush();
            abandon();
            ended.end();
        }
        return true;
    }

    /** Ends or gives up the walk; the destination hears nothing of it. */
    void abandon() {
        tree.endSnapshot();
        cursor = null;
        destination = null;
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
        destination.chunk(Arrays.copyOf(buffer.byteArray(), length), length);
        writer.wrap(buffer, 0);
    }
}
