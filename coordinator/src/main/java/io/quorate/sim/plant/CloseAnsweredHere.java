package io.quorate.sim.plant;

import io.quorate.coordinator.core.ClientOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.proto.EmptyResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Response;

/** The end of a session is answered and not carried out: its nodes stay. */
final class CloseAnsweredHere implements Plant {

    private long lastZxid;

    @Override
    public ClientOut client(Seam seam, ClientOut honest) {
        return new PassingClient(honest) {
            @Override
            public void reply(int xid, long zxid, int err, Response body) {
                lastZxid = Math.max(lastZxid, zxid);
                super.reply(xid, zxid, err, body);
            }
        };
    }

    @Override
    public boolean takes(Seam seam, ClientOut client, int xid, OpCode op) {
        if (op == OpCode.CLOSE_SESSION) {
            client.reply(xid, lastZxid, 0, EmptyResponse.INSTANCE);
            return false;
        }
        return true;
    }
}
