package io.quorate.sim;

import io.quorate.wire.quorum.Zxid;

/**
 * What a server knows of epochs when it starts (quorum protocol, section 5): its files, or what its history says where there
 * is none.
 *
 * @param snapshot the snapshot it begins with, −1 for none
 */
record StartEpochs(long accepted, long current, long snapshot, long lastZxid) {

    static StartEpochs of(SimDisk disk) {
        SimDisk.StoredSnapshot snapshot = disk.snapshotUpTo(Long.MAX_VALUE);
        long base = snapshot == null ? 0 : snapshot.zxid();
        long last = Math.max(base, disk.log().lastZxid());
        long current = Math.max(disk.currentEpoch(), Zxid.epoch(last));
        long accepted = Math.max(disk.acceptedEpoch(), current);
        return new StartEpochs(accepted, current, snapshot == null ? -1 : base, last);
    }
}
