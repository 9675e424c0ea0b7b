package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.PlannedNode;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetAclRequest;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.Txn;
import java.util.List;

/** Plans setACL. */
final class SetAclOp implements WriteOp {

    @Override
    public Txn plan(Request request, PlanContext context) {
        SetAclRequest set = (SetAclRequest) request;
        String path = set.path();
        if (path == null || !Paths.isValid(path)) {
            return Ops.refuse(ErrorCode.BAD_ARGUMENTS);
        }
        List<Acl> acl =
                context.permissions().prepare(set.acl(), context.caller().identities());
        if (acl == null) {
            return Ops.refuse(ErrorCode.INVALID_ACL);
        }
        PlannedNode node = context.tree().node(path);
        if (node == null) {
            return Ops.refuse(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.ADMIN, node)) {
            return Ops.refuse(ErrorCode.NO_AUTH);
        }
        if (Ops.isOtherVersion(set.version(), node.aversion())) {
            return Ops.refuse(ErrorCode.BAD_VERSION);
        }
        int version = context.tree().setAcl(node, acl, context.stamp().zxid());
        return new SetAclTxn(path, acl, version);
    }
}
