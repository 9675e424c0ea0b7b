package io.quorate.sim;

/**
 * One machine: its disk and clock, which outlive what runs on it, and the process that runs on it now. Faults are done to it
 * here.
 */
final class SimServer {

    private final Cluster cluster;
    private final long sid;
    private final SimClock clock;
    private final SimDisk disk = new SimDisk();
    private SimProcess process;
    private SimProcess last;
    private boolean machineUp = true;
    private long stuckUntilMicros;
    private double syncFactor = 1;
    private boolean syncFails;
    private boolean snapshotFails;

    SimServer(Cluster cluster, long sid, SimClock clock) {
        this.cluster = cluster;
        this.sid = sid;
        this.clock = clock;
    }

    long sid() {
        return sid;
    }

    SimDisk disk() {
        return disk;
    }

    SimClock clock() {
        return clock;
    }

    /** What runs now, or null. */
    SimProcess process() {
        return process;
    }

    boolean isUp() {
        return process != null;
    }

    /** True if the machine answers, be it only to say that nothing runs there. */
    boolean isMachineUp() {
        return machineUp;
    }

    void start() {
        machineUp = true;
        if (last != null) {
            last.links().onMachineUp();
        }
        cluster.story().tell("" + sid, "starts", 0);
        disk.open();
        process = new SimProcess(cluster, this);
        last = process;
        process.start();
    }

    /** The process is killed. What it wrote is with the operating system, and survives. */
    void kill() {
        cluster.story().tell("" + sid, "is killed", 0);
        end(true);
        disk.losePower(disk.unsynced());
        disk.sync();
        machineUp = true;
    }

    /** The machine stops dead: of what was not synced, some may be there and the rest is not. */
    void losePower() {
        int kept = cluster.chance().between(0, disk.unsynced());
        cluster.story().tell("" + sid, "loses power; unsynced records kept:", kept);
        end(false);
        disk.losePower(kept);
        disk.sync();
        machineUp = false;
    }

    private void end(boolean machineGoesOn) {
        SimProcess ending = process;
        process = null;
        ending.end(machineGoesOn);
        stuckUntilMicros = 0;
        syncFails = false;
    }

    /** The process ends itself, for it cannot go on. */
    void failStop(String why) {
        cluster.story().tell("" + sid, () -> "ends itself: " + why);
        losePower();
        machineUp = true;
    }

    /** How long the next write to the disk takes. */
    long syncMicros() {
        Recipe recipe = cluster.recipe();
        long usual = cluster.chance().between(recipe.syncLeastMicros(), recipe.syncMostMicros());
        return Math.max(1, (long) (usual * syncFactor));
    }

    /** How much longer the disk does nothing, in microseconds. */
    long stuckMicros() {
        return Math.max(0, stuckUntilMicros - cluster.time().nowMicros());
    }

    void stick(long micros) {
        stuckUntilMicros = cluster.time().nowMicros() + micros;
    }

    /** The disk is so many times slower than usual. */
    void syncFactor(double factor) {
        syncFactor = factor;
    }

    /** The next sync fails. */
    void failSync() {
        syncFails = true;
    }

    boolean takeSyncFailure() {
        boolean fails = syncFails;
        syncFails = false;
        return fails;
    }

    /** The next snapshot is given up. */
    void failSnapshot() {
        snapshotFails = true;
    }

    boolean takeSnapshotFailure() {
        boolean fails = snapshotFails;
        snapshotFails = false;
        return fails;
    }

    /** Everything works from now on. */
    void heal() {
        stuckUntilMicros = 0;
        syncFactor = 1;
        syncFails = false;
        snapshotFails = false;
    }
}
