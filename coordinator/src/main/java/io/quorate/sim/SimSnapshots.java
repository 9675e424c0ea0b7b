package io.quorate.sim;

import io.quorate.coordinator.core.SnapshotOut;
import java.io.ByteArrayOutputStream;
import java.util.NavigableMap;

/** The snapshot agent of one process. A snapshot is there when it is finished; before, a crash leaves nothing of it. */
final class SimSnapshots implements SnapshotOut {

    private final SimProcess process;
    private final SimDisk disk;
    private ByteArrayOutputStream bytes;
    private NavigableMap<Long, byte[]> past;
    private long begun;

    SimSnapshots(SimProcess process, SimDisk disk) {
        this.process = process;
        this.disk = disk;
    }

    @Override
    public void begin(long zxid) {
        process.cluster().check().tell(check -> check.snapshotBegun(process.sid(), zxid));
        begun = zxid;
        past = process.observer().pastOf(zxid);
        bytes = new ByteArrayOutputStream();
    }

    @Override
    public void chunk(byte[] chunk, int length) {
        bytes.write(chunk, 0, length);
    }

    @Override
    public void end(long zxid, int digestVersion, long digest) {
        SimDisk.StoredSnapshot whole =
                new SimDisk.StoredSnapshot(zxid, bytes.toByteArray(), digestVersion == 0 ? 0 : digest, past);
        bytes = null;
        long delay = process.server().syncMicros() + process.chance().between(0, 20 * Scheduler.MILLI);
        process.after(delay, () -> store(whole));
    }

    @Override
    public void abandon() {
        bytes = null;
        long zxid = begun;
        process.after(process.chance().between(1, 1000), () -> process.onSnapshotDone(zxid, -1));
    }

    private void store(SimDisk.StoredSnapshot snapshot) {
        if (process.server().takeSnapshotFailure()) {
            process.onSnapshotDone(snapshot.zxid(), -1);
            return;
        }
        disk.store(snapshot);
        disk.purge();
        process.onSnapshotDone(snapshot.zxid(), snapshot.bytes().length);
    }

    @Override
    public boolean hasRoom() {
        return !process.chance().in(0.05);
    }
}
