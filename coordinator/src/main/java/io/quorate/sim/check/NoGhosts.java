package io.quorate.sim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** P13: after a cut nothing of what was dropped comes back, be it from the log or from a snapshot. */
final class NoGhosts implements Invariant {

    private static final class Disk {
        final Set<Long> snapshots = new HashSet<>();
        final Set<Long> ghosts = new HashSet<>();
        long last;
    }

    private final Map<Long, Disk> disks = new HashMap<>();

    private Disk disk(long sid) {
        return disks.computeIfAbsent(sid, any -> new Disk());
    }

    @Override
    public void wiped(long sid) {
        disks.remove(sid);
    }

    @Override
    public void snapshotBegun(long sid, long zxid) {
        disk(sid).snapshots.add(zxid);
        disk(sid).ghosts.remove(zxid);
    }

    @Override
    public void appended(long sid, long zxid, long content) {
        disk(sid).last = zxid;
    }

    @Override
    public void cutDone(long sid, long zxid, boolean anew) {
        Disk disk = disk(sid);
        disk.last = anew ? zxid : Math.min(disk.last, zxid);
        for (long snapshot : disk.snapshots) {
            if (snapshot > zxid) {
                disk.ghosts.add(snapshot);
            }
        }
        disk.snapshots.removeAll(disk.ghosts);
    }

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        Disk disk = disk(sid);
        if (disk.ghosts.contains(snapshot)) {
            throw new Violation("server %d starts from a snapshot at %s, which it had dropped"
                    .formatted(sid, Violation.zxid(snapshot)));
        }
        if (lastZxid > Math.max(disk.last, snapshot)) {
            throw new Violation("server %d starts with %s in its log, which it had dropped"
                    .formatted(sid, Violation.zxid(lastZxid)));
        }
        disk.last = lastZxid;
    }
}
