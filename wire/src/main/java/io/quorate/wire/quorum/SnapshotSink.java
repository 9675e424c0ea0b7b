package io.quorate.wire.quorum;

import io.quorate.wire.proto.Acl;
import java.util.List;

/**
 * Takes what a snapshot on the quorum port holds, in the order of the stream. What it was given counts only after
 * {@link #end}. It may throw {@link io.quorate.wire.jute.MalformedException} when something cannot be, such as a node without
 * parent.
 */
public interface SnapshotSink {
    /** A global session; all come before the first access list. */
    void session(long id, int timeoutMillis);

    /**
     * An access list; all come before the first node.
     *
     * @param id not checked
     * @param acl unmodifiable, empty for a list that is null on the wire
     */
    void acl(long id, List<Acl> acl);

    /** A node, the root with the empty path first, all others with a path that begins with a slash. */
    void node(String path, SnapshotNode node);

    /** The snapshot is whole, and its signature is right. */
    void end();
}
