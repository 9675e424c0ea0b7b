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

/**
 * A known defect, put between the core and what it gives orders to or hears from, so that the core itself stays as it is. This
 * one puts nothing there. One for each run.
 */
public interface Plant {

    /** No defect. */
    Plant NONE = new Plant() {};

    default LogOut log(Seam seam, LogOut honest) {
        return honest;
    }

    default EpochOut epochs(Seam seam, EpochOut honest) {
        return honest;
    }

    default ElectionOut election(Seam seam, ElectionOut honest) {
        return honest;
    }

    default StoredState stored(Seam seam, StoredState honest) {
        return honest;
    }

    default Link link(Seam seam, Link honest) {
        return honest;
    }

    default ClientOut client(Seam seam, ClientOut honest) {
        return honest;
    }

    /** A packet for the core came in; false if it shall not get it. */
    default boolean takes(Seam seam, Link link, QuorumPacket packet) {
        return true;
    }

    /** A client's request came in; false if the core shall not get it. */
    default boolean takes(Seam seam, ClientOut client, int xid, OpCode op) {
        return true;
    }

    /** A part of a leader's state came in; false if the core shall not get it. */
    default boolean takes(Seam seam, SnapshotPart part) {
        return true;
    }

    /** The disk was told to make everything safe; false if it only says that it did. */
    default boolean syncs(Seam seam) {
        return true;
    }
}
