package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.EpochOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;

/** The epoch whose history was taken over is said to be stored before it is. */
final class CurrentEpochLate implements Plant {

    private static final long DELAY_MICROS = 200_000;

    @Override
    public EpochOut epochs(Seam seam, EpochOut honest) {
        return new EpochOut() {
            @Override
            public void storeAcceptedEpoch(long epoch) {
                honest.storeAcceptedEpoch(epoch);
            }

            @Override
            public void storeCurrentEpoch(long epoch) {
                seam.after(1, () -> seam.deliver(new Event.CurrentEpochStored(epoch)));
                seam.after(DELAY_MICROS, () -> honest.storeCurrentEpoch(epoch));
            }
        };
    }
}
