package io.quorate.sim;

import io.quorate.coordinator.core.ClientOut;
import io.quorate.coordinator.core.StoredState;
import io.quorate.coordinator.zab.ElectionOut;
import io.quorate.coordinator.zab.EpochOut;
import io.quorate.coordinator.zab.Link;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;

/** Two plants, one around the other: what comes in passes the outer one first. */
record BothPlants(Plant inner, Plant outer) implements Plant {

    @Override
    public LogOut log(Seam seam, LogOut honest) {
        return inner.log(seam, outer.log(seam, honest));
    }

    @Override
    public EpochOut epochs(Seam seam, EpochOut honest) {
        return inner.epochs(seam, outer.epochs(seam, honest));
    }

    @Override
    public ElectionOut election(Seam seam, ElectionOut honest) {
        return inner.election(seam, outer.election(seam, honest));
    }

    @Override
    public StoredState stored(Seam seam, StoredState honest) {
        return inner.stored(seam, outer.stored(seam, honest));
    }

    @Override
    public Link link(Seam seam, Link honest) {
        return inner.link(seam, outer.link(seam, honest));
    }

    @Override
    public ClientOut client(Seam seam, ClientOut honest) {
        return inner.client(seam, outer.client(seam, honest));
    }

    @Override
    public boolean takes(Seam seam, Link link, QuorumPacket packet) {
        return outer.takes(seam, link, packet) && inner.takes(seam, link, packet);
    }

    @Override
    public boolean takes(Seam seam, ClientOut client, int xid, OpCode op) {
        return outer.takes(seam, client, xid, op) && inner.takes(seam, client, xid, op);
    }

    @Override
    public boolean takes(Seam seam, SnapshotPart part) {
        return outer.takes(seam, part) && inner.takes(seam, part);
    }

    @Override
    public boolean syncs(Seam seam) {
        return outer.syncs(seam) && inner.syncs(seam);
    }
}
