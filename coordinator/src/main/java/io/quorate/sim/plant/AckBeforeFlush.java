package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import org.agrona.DirectBuffer;

/** A transaction counts as on disk as soon as it is ordered to be. */
final class AckBeforeFlush implements Plant {

    @Override
    public LogOut log(Seam seam, LogOut honest) {
        return new PassingLog(honest) {
            @Override
            public void append(long zxid, DirectBuffer src, int offset, int length) {
                super.append(zxid, src, offset, length);
                seam.after(1, () -> seam.deliver(new Event.LogFlushed(zxid)));
            }
        };
    }
}
