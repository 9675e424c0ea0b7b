package io.quorate.coordinator.op;

import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.coordinator.tree.Znode;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetAclRequest;
import io.quorate.wire.proto.GetAclResponse;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.Request;
import java.util.ArrayList;
import java.util.List;

/** Answers getACL; who may not administer the node sees digests masked (client-protocol 8.7). */
final class GetAclOp implements ReadOp {

    @Override
    public Outcome read(Request request, ReadContext<?> context) {
        String path = ((GetAclRequest) request).path();
        if (path == null) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        Znode node = context.tree().get(path);
        if (node == null) {
            return Outcome.of(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.READ | Acl.ADMIN, node)) {
            return Outcome.of(ErrorCode.NO_AUTH);
        }
        List<Acl> acl = context.tree().acl(node);
        return Outcome.of(new GetAclResponse(context.mayNot(Acl.ADMIN, node) ? masked(acl) : acl, node.stat()));
    }

    private static List<Acl> masked(List<Acl> acl) {
        List<Acl> masked = new ArrayList<>(acl.size());
        for (Acl entry : acl) {
            Identity identity = entry.identity();
            int colon = identity.id().indexOf(':');
            boolean hide = identity.scheme().equals(AclSchemes.DIGEST) && colon >= 0;
            String id = hide ? identity.id().substring(0, colon) + ":x" : identity.id();
            masked.add(new Acl(entry.perms(), new Identity(identity.scheme(), id)));
        }
        return masked;
    }
}
