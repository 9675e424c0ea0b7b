package io.quorate.sim.check;

import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;

/**
 * A request that a client sent.
 *
 * @param client number of the client
 * @param connection number of the connection, distinct in the whole run
 * @param session the session it belongs to
 * @param xid the client's number for it, rising within a session
 */
public record Call(int client, long connection, long session, int xid, OpCode op, Request request) {

    @Override
    public String toString() {
        return "client %d, session %x: %s #%d %s".formatted(client, session, op, xid, request);
    }
}
