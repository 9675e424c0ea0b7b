package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.proto.Acl;
import java.util.List;

/** Takes what a snapshot holds, in the order of the file. What it was given counts only once the reader has returned. */
public interface SnapshotTarget {

    void session(long id, int timeoutMillis);

    /** An access list; all come before the first node. */
    void acl(int id, List<Acl> acl);

    /** A node, the root with the empty path first. Whether its parent came before it is the target's to find out. */
    void node(String path, NodeImage image);
}
