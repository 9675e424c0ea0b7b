package io.quorate.coordinator.op;

import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.PlannedNode;
import io.quorate.coordinator.tree.QuotaRules;
import io.quorate.coordinator.tree.SpeculativeTree;
import io.quorate.coordinator.tree.Stamp;
import io.quorate.wire.proto.ErrorCode;

/** Everything a plan may look at: the tree as it will be, who asks, and the zxid and time that the transaction will have. */
public record PlanContext(
        SpeculativeTree tree,
        QuotaRules quotas,
        SessionTable sessions,
        Permissions permissions,
        OpSettings settings,
        Caller caller,
        Stamp stamp) {

    boolean mayNot(int permission, PlannedNode node) {
        return !permissions.allows(node.acl(), permission, caller.identities());
    }

    /** Quota refusal for a write at {@code path}, or null. */
    ErrorCode overQuota(String path, int nodes, long growth) {
        return quotas.check(path, nodes, growth, settings.enforceQuota());
    }
}
