package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.PlannedNode;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.CheckVersionTxn;
import io.quorate.wire.txn.Txn;

/** Plans the check of a version, which exists only inside a multi and changes nothing. */
final class CheckOp implements WriteOp {

    @Override
    public Txn plan(Request request, PlanContext context) {
        CheckVersionRequest check = (CheckVersionRequest) request;
        String path = check.path();
        if (!Paths.isValid(path)) {
            return Ops.refuse(ErrorCode.BAD_ARGUMENTS);
        }
        PlannedNode node = context.tree().node(path);
        if (node == null) {
            return Ops.refuse(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.READ, node)) {
            return Ops.refuse(ErrorCode.NO_AUTH);
        }
        if (Ops.isOtherVersion(check.version(), node.version())) {
            return Ops.refuse(ErrorCode.BAD_VERSION);
        }
        return new CheckVersionTxn(path, node.version() + 1);
    }
}
