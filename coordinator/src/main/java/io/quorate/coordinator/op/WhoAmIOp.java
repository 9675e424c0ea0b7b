package io.quorate.coordinator.op;

import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.wire.proto.ClientInfo;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.WhoAmIResponse;
import java.util.ArrayList;
import java.util.List;

/** Tells a connection its identities, secrets left out (client-protocol 8.17). */
final class WhoAmIOp implements ReadOp {

    @Override
    public Outcome read(Request request, ReadContext<?> context) {
        List<ClientInfo> infos = new ArrayList<>();
        for (Identity identity : context.caller().identities()) {
            infos.add(new ClientInfo(identity.scheme(), user(identity)));
        }
        return Outcome.of(new WhoAmIResponse(infos));
    }

    private static String user(Identity identity) {
        int colon = identity.id().indexOf(':');
        boolean secret = identity.scheme().equals(AclSchemes.DIGEST) && colon >= 0;
        return secret ? identity.id().substring(0, colon) : identity.id();
    }
}
