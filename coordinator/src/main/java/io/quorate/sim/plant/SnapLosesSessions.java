package io.quorate.sim.plant;

import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.SnapshotPart;

/** A copy of the state comes without its sessions. */
final class SnapLosesSessions implements Plant {

    @Override
    public boolean takes(Seam seam, SnapshotPart part) {
        return !(part instanceof SnapshotPart.SessionPart);
    }
}
