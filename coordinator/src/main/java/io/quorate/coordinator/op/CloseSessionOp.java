package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.SpeculativeTree;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.Txn;
import java.util.List;

/** Plans the end of the caller's session with all its ephemerals (semantics 4.2). */
final class CloseSessionOp implements WriteOp {

    private static final int LIST_CHARS_MAX = 256 * 1024;

    @Override
    public Txn plan(Request request, PlanContext context) {
        long session = context.caller().session();
        SpeculativeTree tree = context.tree();
        List<String> paths = tree.ephemerals(session, context.sessions().ephemerals(session));
        for (String path : paths) {
            tree.delete(
                    tree.node(Paths.parent(path)),
                    tree.node(path),
                    context.stamp().zxid());
        }
        return new CloseSessionTxn(context.settings().closeSessionPaths() && isListable(paths) ? paths : null);
    }

    /** A list longer than a frame is left out: then every server deletes what it knows the session owns, which is the same. */
    private static boolean isListable(List<String> paths) {
        long chars = 0;
        for (String path : paths) {
            chars += path.length();
        }
        return chars + (long) Integer.BYTES * paths.size() <= LIST_CHARS_MAX;
    }
}
