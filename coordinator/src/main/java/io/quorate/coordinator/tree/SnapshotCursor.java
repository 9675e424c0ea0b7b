package io.quorate.coordinator.tree;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks the tree in slices and hands out every node as it was when the walk began. A node about to change is handed out
 * just before, its ancestors first, so the result is one point in time, with parents before their children.
 */
public final class SnapshotCursor {

    /** Takes the nodes of a snapshot. The root comes with the empty path (storage-formats 5). */
    public interface NodeSink {
        void node(String path, NodeImage image);
    }

    private final DataTree tree;
    private final int number;
    private final NodeSink sink;
    private final Deque<Znode> ancestors = new ArrayDeque<>();
    private final Children.Place place = new Children.Place();
    private Znode position;

    SnapshotCursor(DataTree tree, int number, NodeSink sink) {
        this.tree = tree;
        this.number = number;
        this.sink = sink;
    }

    /** Visits at most {@code nodesMax} nodes. Returns true when the whole tree was handed out. */
    public boolean advance(int nodesMax) {
        for (int i = 0; i < nodesMax; i++) {
            Znode next = position == null ? tree.root() : next();
            if (next == null) {
                return true;
            }
            emit(next);
            position = next;
        }
        return false;
    }

    private Znode next() {
        if (position.snapshotStamp == Znode.UNLINKED) {
            return tree.following(position.path);
        }
        if (position.children != null) {
            return position.children.first();
        }
        for (Znode at = position; at.parent != null; at = at.parent) {
            Znode sibling = at.parent.children.after(at, place);
            if (sibling != null) {
                return sibling;
            }
        }
        return null;
    }

    void beforeChange(Znode node) {
        for (Znode at = node; at != null && at.snapshotStamp != number; at = at.parent) {
            ancestors.push(at);
        }
        while (!ancestors.isEmpty()) {
            emit(ancestors.pop());
        }
    }

    private void emit(Znode node) {
        if (node.snapshotStamp != number) {
            node.snapshotStamp = number;
            sink.node(node.parent == null ? "" : node.path, node.image());
        }
    }
}
