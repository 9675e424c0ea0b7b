package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.PlannedNode;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.Txn;

/** Plans delete. */
final class DeleteOp implements WriteOp {

    @Override
    public Txn plan(Request request, PlanContext context) {
        DeleteRequest delete = (DeleteRequest) request;
        String path = delete.path();
        if (path == null) {
            return Ops.refuse(ErrorCode.MARSHALLING_ERROR);
        }
        if (!Paths.hasParent(path) || Paths.isProtected(path)) {
            return Ops.refuse(ErrorCode.BAD_ARGUMENTS);
        }
        PlannedNode parent = context.tree().node(Paths.parent(path));
        if (parent == null) {
            return Ops.refuse(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.DELETE, parent)) {
            return Ops.refuse(ErrorCode.NO_AUTH);
        }
        PlannedNode node = context.tree().node(path);
        if (node == null) {
            return Ops.refuse(ErrorCode.NO_NODE);
        }
        if (Ops.isOtherVersion(delete.version(), node.version())) {
            return Ops.refuse(ErrorCode.BAD_VERSION);
        }
        if (node.childCount() > 0) {
            return Ops.refuse(ErrorCode.NOT_EMPTY);
        }
        context.tree().delete(parent, node, context.stamp().zxid());
        return new DeleteTxn(path);
    }
}
