package io.quorate.wire.quorum;

import io.quorate.wire.proto.Acl;
import java.util.List;

/** One record of the raw snapshot that follows a SNAP packet, in the order in which they come (quorum protocol, section 8.6). */
public sealed interface SnapshotPart {

    /** A session and its timeout. */
    record SessionPart(long id, int timeoutMillis) implements SnapshotPart {}

    /** An access list and the number that nodes name it by. */
    record AclPart(long id, List<Acl> acl) implements SnapshotPart {}

    /** A node; its parent came before it. The root has the empty path. */
    record NodePart(
            String path,
            byte[] data,
            long aclId,
            long czxid,
            long mzxid,
            long ctime,
            long mtime,
            int version,
            int childVersion,
            int aversion,
            long owner,
            long pzxid)
            implements SnapshotPart {
        /** The node at this path, as the stream had it. */
        public static NodePart of(String path, SnapshotNode node) {
            return new NodePart(
                    path,
                    node.data(),
                    node.aclId(),
                    node.czxid(),
                    node.mzxid(),
                    node.ctime(),
                    node.mtime(),
                    node.version(),
                    node.cversion(),
                    node.aversion(),
                    node.ephemeralOwner(),
                    node.pzxid());
        }
    }
}
