package io.quorate.coordinator.net;

import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.coordinator.auth.DigestScheme;
import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.Event;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.AuthPacket;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Requests;
import java.util.List;

/** Makes an event of a request frame; proofs of identity are checked here, for hashing is nothing the core should wait for. */
public final class RequestDecoder {

    private final DigestScheme digest;

    /** @param digest null if the scheme is switched off */
    public RequestDecoder(DigestScheme digest) {
        this.digest = digest;
    }

    Event decode(Client client, int xid, OpCode op, JuteReader record) {
        Request request = null;
        if (op != null) {
            try {
                request = Requests.read(op, record);
            } catch (MalformedException e) {
                request = null;
            }
        }
        return op == OpCode.AUTH ? authenticate(client, xid, request) : other(client, xid, op, request);
    }

    private static Event other(Client client, int xid, OpCode op, Request request) {
        if (op == OpCode.SASL) {
            return new Event.ClientAsksSasl(client, xid);
        }
        return new Event.ClientRequests(client, xid, op, request);
    }

    private Event authenticate(Client client, int xid, Request request) {
        if (!(request instanceof AuthPacket proof) || proof.scheme() == null) {
            return new Event.ClientRefused(client, xid);
        }
        return switch (proof.scheme()) {
            case AclSchemes.IP -> new Event.ClientProved(client, xid, List.of());
            case AclSchemes.DIGEST -> digest(client, xid, proof.auth());
            default -> new Event.ClientRefused(client, xid);
        };
    }

    private Event digest(Client client, int xid, byte[] proof) {
        var identities = digest == null ? null : digest.authenticate(proof);
        return identities == null
                ? new Event.ClientRefused(client, xid)
                : new Event.ClientProved(client, xid, identities);
    }
}
