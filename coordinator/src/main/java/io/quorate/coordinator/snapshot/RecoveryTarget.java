package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.ahead.ReadAhead;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import java.io.IOException;
import java.util.List;

/** Passes a snapshot on into a core that has not started: it is read and verified in one thread, and taken in another. */
final class RecoveryTarget implements SnapshotTarget {

    private static final int PART_BYTES = 256;

    private final ReadAhead.Sink<Part> parts;

    private RecoveryTarget(ReadAhead.Sink<Part> parts) {
        this.parts = parts;
    }

    /** One thing that a snapshot holds. */
    @FunctionalInterface
    private interface Part {
        void into(Recovery recovery);
    }

    private record Node(String path, NodeImage image) implements Part {

        @Override
        public void into(Recovery recovery) {
            if (!recovery.node(path, image)) {
                throw new MalformedException("node " + path + " has no parent before it, or is there twice");
            }
        }
    }

    /**
     * Reads a file from end to end.
     *
     * @throws SnapshotDamagedException if it is not whole; {@code recovery} then holds a part of it
     */
    static SnapshotSummary read(SnapshotFile file, Recovery recovery) throws IOException {
        try {
            return ReadAhead.<Part, SnapshotSummary>run(
                    parts -> SnapshotReader.read(file, new RecoveryTarget(parts)), part -> part.into(recovery));
        } catch (MalformedException e) {
            throw new SnapshotDamagedException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void session(long id, int timeoutMillis) {
        parts.accept(recovery -> recovery.session(id, timeoutMillis), PART_BYTES);
    }

    @Override
    public void acl(int id, List<Acl> acl) {
        parts.accept(recovery -> recovery.acl(id, acl), (long) PART_BYTES * acl.size());
    }

    @Override
    public void node(String path, NodeImage image) {
        int data = image.data() == null ? 0 : image.data().length;
        parts.accept(new Node(path, image), PART_BYTES + path.length() + data);
    }
}
