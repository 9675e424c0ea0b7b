package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Owners;
import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.PlannedNode;
import io.quorate.wire.proto.DeleteContainerRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.Txn;

/** Plans the removal of an empty container or an over-aged TTL node, which the server itself asks for (semantics 4.3). */
final class DeleteContainerOp implements WriteOp {

    @Override
    public Txn plan(Request request, PlanContext context) {
        String path = ((DeleteContainerRequest) request).path();
        if (path == null || !Paths.hasParent(path) || Paths.isProtected(path)) {
            return Ops.refuse(ErrorCode.BAD_ARGUMENTS);
        }
        PlannedNode parent = context.tree().node(Paths.parent(path));
        PlannedNode node = context.tree().node(path);
        if (parent == null || node == null) {
            return Ops.refuse(ErrorCode.NO_NODE);
        }
        if (node.childCount() > 0) {
            return Ops.refuse(ErrorCode.NOT_EMPTY);
        }
        if (Owners.isEphemeral(node.owner())) {
            return Ops.refuse(ErrorCode.BAD_VERSION);
        }
        context.tree().delete(parent, node, context.stamp().zxid());
        return new DeleteTxn(path);
    }
}
