package io.quorate.sim.plant;

import io.quorate.coordinator.core.ClientOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.proto.WatchedEvent;

/** Now and then a client is not told that its watch fired. */
final class WatchLost implements Plant {

    private static final double SHARE = 0.05;

    @Override
    public ClientOut client(Seam seam, ClientOut honest) {
        return new PassingClient(honest) {
            @Override
            public void event(long zxid, WatchedEvent event) {
                if (!seam.chance().in(SHARE)) {
                    super.event(zxid, event);
                }
            }
        };
    }
}
