package io.quorate.sim.plant;

import io.quorate.sim.Plant;
import io.quorate.sim.Seam;

/** The disk says that everything is safe, and has done nothing for it. */
final class SyncDoesNothing implements Plant {

    @Override
    public boolean syncs(Seam seam) {
        return false;
    }
}
