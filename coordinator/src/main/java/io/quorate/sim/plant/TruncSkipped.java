package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;

/** A log is not cut when it should be, and is said to have been. */
final class TruncSkipped implements Plant {

    @Override
    public LogOut log(Seam seam, LogOut honest) {
        return new PassingLog(honest) {
            @Override
            public void voidAfter(long zxid) {
                seam.after(1, () -> seam.deliver(new Event.LogCut(zxid)));
            }
        };
    }
}
