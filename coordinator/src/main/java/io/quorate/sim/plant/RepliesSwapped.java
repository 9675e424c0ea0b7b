package io.quorate.sim.plant;

import io.quorate.coordinator.core.ClientOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.proto.Response;

/** Now and then two answers are sent in the wrong order. */
final class RepliesSwapped implements Plant {

    private static final double SHARE = 0.02;

    @Override
    public ClientOut client(Seam seam, ClientOut honest) {
        return new PassingClient(honest) {
            private Runnable held;

            @Override
            public void reply(int xid, long zxid, int err, Response body) {
                if (held == null && seam.chance().in(SHARE)) {
                    held = () -> super.reply(xid, zxid, err, body);
                    return;
                }
                super.reply(xid, zxid, err, body);
                if (held != null) {
                    held.run();
                    held = null;
                }
            }
        };
    }
}
