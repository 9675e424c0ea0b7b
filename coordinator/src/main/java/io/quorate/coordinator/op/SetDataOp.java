package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.PlannedNode;
import io.quorate.coordinator.tree.QuotaRules;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.Txn;

/** Plans setData. */
final class SetDataOp implements WriteOp {

    @Override
    public Txn plan(Request request, PlanContext context) {
        SetDataRequest set = (SetDataRequest) request;
        String path = set.path();
        if (path == null || !Paths.isValid(path)) {
            return Ops.refuse(ErrorCode.BAD_ARGUMENTS);
        }
        PlannedNode node = context.tree().node(path);
        if (node == null) {
            return Ops.refuse(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.WRITE, node)) {
            return Ops.refuse(ErrorCode.NO_AUTH);
        }
        // Figures that a reference server could not read would end it (semantics 5.2).
        if (QuotaRules.isStats(path) && !QuotaRules.isReadable(set.data())) {
            return Ops.refuse(ErrorCode.BAD_ARGUMENTS);
        }
        int length = set.data() == null ? 0 : set.data().length;
        ErrorCode overQuota = context.overQuota(path, 0, (long) length - node.dataLength());
        if (overQuota != null) {
            return Ops.refuse(overQuota);
        }
        if (Ops.isOtherVersion(set.version(), node.version())) {
            return Ops.refuse(ErrorCode.BAD_VERSION);
        }
        int version = context.tree().setData(node, set.data(), node.version() + 1, context.stamp());
        return new SetDataTxn(path, set.data(), version);
    }
}
