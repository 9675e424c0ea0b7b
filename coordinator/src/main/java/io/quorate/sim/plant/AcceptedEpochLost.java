package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.EpochOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;

/** The epoch that was promised is said to be stored, and never is. */
final class AcceptedEpochLost implements Plant {

    @Override
    public EpochOut epochs(Seam seam, EpochOut honest) {
        return new EpochOut() {
            @Override
            public void storeAcceptedEpoch(long epoch) {
                seam.after(1, () -> seam.deliver(new Event.AcceptedEpochStored(epoch)));
            }

            @Override
            public void storeCurrentEpoch(long epoch) {
                honest.storeCurrentEpoch(epoch);
            }
        };
    }
}
