package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.SpeculativeTree;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.Txn;
import java.util.List;

/** Plans the end of the caller's session with all its ephemerals (semantics 4.2). */
final class CloseSessionOp implements WriteOp {

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
        return new CloseSessionTxn(context.settings().closeSessionPaths() ? paths : null);
    }
}
