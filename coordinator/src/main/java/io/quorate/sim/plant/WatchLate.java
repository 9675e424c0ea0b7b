package io.quorate.sim.plant;

import io.quorate.coordinator.core.ClientOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayList;
import java.util.List;

/** A client is told of a change only behind the next answer. */
final class WatchLate implements Plant {

    @Override
    public ClientOut client(Seam seam, ClientOut honest) {
        return new PassingClient(honest) {
            private final List<Runnable> late = new ArrayList<>();

            @Override
            public void event(long zxid, WatchedEvent event) {
                late.add(() -> super.event(zxid, event));
            }

            @Override
            public void reply(int xid, long zxid, int err, Response body) {
                super.reply(xid, zxid, err, body);
                late.forEach(Runnable::run);
                late.clear();
            }
        };
    }
}
