package io.quorate.sim;

import io.quorate.sim.check.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one server has on its disk, and what of that would survive a power loss. Outlives the server's crashes. The log is a
 * sequence of records as the production log writes them: batches that are there whole or not at all, and marks that void what
 * came before.
 */
final class SimDisk {

    /** Stands for an epoch file that does not exist. */
    static final long NO_EPOCH = -1;

    private static final int SNAPSHOTS_KEPT = 3;

    /** A transaction in the log. */
    record Entry(long zxid, byte[] bytes) {}

    /** One record of the log. */
    sealed interface LogRecord permits Batch, VoidAfter, RestartAt {}

    /** Transactions written together. */
    record Batch(List<Entry> entries) implements LogRecord {
        long lastZxid() {
            return entries.get(entries.size() - 1).zxid();
        }
    }

    /** What came before this and behind the zxid is void. */
    record VoidAfter(long zxid) implements LogRecord {}

    /** All that came before is void: history starts behind a snapshot. */
    record RestartAt(long zxid) implements LogRecord {}

    /**
     * A finished snapshot.
     *
     * @param bytes as the core handed them out
     * @param digest of the tree in it; 0 if digests are off
     * @param past the transactions that made this state, for the checks alone
     */
    record StoredSnapshot(long zxid, byte[] bytes, long digest, NavigableMap<Long, byte[]> past) {}

    /**
     * What the log holds.
     *
     * @param reachesBackTo every transaction behind this zxid is there
     */
    record LogContents(List<Entry> entries, long reachesBackTo) {
        long lastZxid() {
            return entries.isEmpty()
                    ? reachesBackTo
                    : entries.get(entries.size() - 1).zxid();
        }
    }

    private final List<LogRecord> records = new ArrayList<>();
    private final List<StoredSnapshot> snapshots = new ArrayList<>();

    /** The synced transactions by zxid, with what tells them apart; and the state from which on there are any. */
    private final TreeMap<Long, Long> safe = new TreeMap<>();

    private long safeTo;
    private int synced;
    private long purgedTo;
    private long acceptedEpoch = NO_EPOCH;
    private long currentEpoch = NO_EPOCH;

    /** Writes a record; it survives a power loss for certain only once it is {@link #sync synced}. */
    void write(LogRecord written) {
        records.add(written);
    }

    /** All that is written is safe. */
    void sync() {
        for (LogRecord each : records.subList(synced, records.size())) {
            if (each instanceof Batch batch) {
                batch.entries().forEach(entry -> safe.put(entry.zxid(), Content.of(entry.bytes())));
            } else if (each instanceof VoidAfter cut) {
                safe.tailMap(cut.zxid(), false).clear();
            } else if (each instanceof RestartAt cut) {
                safe.clear();
                safeTo = cut.zxid();
            }
        }
        synced = records.size();
    }

    /** A process begins: if a snapshot is ahead of the log, the log says that it begins anew behind it. */
    void open() {
        if (!records.isEmpty() && records.get(records.size() - 1) instanceof VoidAfter cut) {
            dropSnapshotsAfter(cut.zxid());
        }
        StoredSnapshot newest = snapshotUpTo(Long.MAX_VALUE);
        if (newest != null && newest.zxid() > log().lastZxid()) {
            write(new RestartAt(newest.zxid()));
            sync();
        }
    }

    /** True if this transaction would be there after a power loss, in the log or in a snapshot that took its place. */
    boolean holds(long zxid, long content) {
        Long found = safe.get(zxid);
        return zxid <= safeTo || (found != null && found == content);
    }

    /** True if the last safe transaction of the other disk is safe here too, and with it all before. */
    boolean holdsAllOf(SimDisk other) {
        Map.Entry<Long, Long> last = other.safe.lastEntry();
        return last == null
                ? other.safeTo <= safeTo || safe.containsKey(other.safeTo)
                : holds(last.getKey(), last.getValue());
    }

    /** Records that a power loss may take. */
    int unsynced() {
        return records.size() - synced;
    }

    /** The power was lost: of what was not synced only so many records are there. */
    void losePower(int recordsKept) {
        int kept = synced + recordsKept;
        records.subList(kept, records.size()).clear();
    }

    /** The machine forgets all it ever had. */
    void wipe() {
        records.clear();
        snapshots.clear();
        safe.clear();
        safeTo = 0;
        synced = 0;
        purgedTo = 0;
        acceptedEpoch = NO_EPOCH;
        currentEpoch = NO_EPOCH;
    }

    /** What the written part of the log holds. */
    LogContents log() {
        List<Entry> reversed = new ArrayList<>();
        long lastValid = Long.MAX_VALUE;
        long back = purgedTo;
        for (int i = records.size() - 1; i >= 0; i--) {
            LogRecord each = records.get(i);
            if (each instanceof RestartAt restart) {
                back = restart.zxid();
                break;
            } else if (each instanceof VoidAfter cut) {
                lastValid = Math.min(lastValid, cut.zxid());
            } else if (each instanceof Batch batch) {
                for (int j = batch.entries().size() - 1; j >= 0; j--) {
                    Entry entry = batch.entries().get(j);
                    if (entry.zxid() <= lastValid) {
                        reversed.add(entry);
                    }
                }
            }
        }
        List<Entry> entries = new ArrayList<>(reversed.size());
        for (int i = reversed.size() - 1; i >= 0; i--) {
            entries.add(reversed.get(i));
        }
        return new LogContents(entries, back);
    }

    /** A snapshot was written, synced and renamed; the oldest go, and the log that only they need. */
    void store(StoredSnapshot snapshot) {
        snapshots.removeIf(present -> present.zxid() == snapshot.zxid());
        snapshots.add(snapshot);
        snapshots.sort(Comparator.comparingLong(StoredSnapshot::zxid));
        while (snapshots.size() > SNAPSHOTS_KEPT) {
            snapshots.remove(0);
        }
    }

    /** What was voided is in no snapshot either. */
    void dropSnapshotsAfter(long zxid) {
        snapshots.removeIf(present -> present.zxid() > zxid);
    }

    /** Lets the log go that is older than the oldest snapshot. */
    void purge() {
        if (snapshots.size() < SNAPSHOTS_KEPT) {
            return;
        }
        long zxid = snapshots.get(0).zxid();
        while (synced > 0 && records.get(0) instanceof Batch batch && batch.lastZxid() <= zxid) {
            purgedTo = Math.max(purgedTo, batch.lastZxid());
            records.remove(0);
            synced--;
        }
    }

    /** The newest snapshot is damaged, and will not be there at the next start. False if the log could not make up for it. */
    boolean loseNewestSnapshot() {
        if (snapshots.isEmpty()) {
            return false;
        }
        long before = snapshots.size() > 1 ? snapshots.get(snapshots.size() - 2).zxid() : 0;
        boolean bridged = before >= log().reachesBackTo();
        if (bridged) {
            snapshots.remove(snapshots.size() - 1);
        }
        return bridged;
    }

    /** The newest snapshot of a state not behind {@code zxid}, or null. */
    StoredSnapshot snapshotUpTo(long zxid) {
        StoredSnapshot newest = null;
        for (StoredSnapshot each : snapshots) {
            newest = each.zxid() <= zxid ? each : newest;
        }
        return newest;
    }

    List<StoredSnapshot> snapshots() {
        return snapshots;
    }

    long acceptedEpoch() {
        return acceptedEpoch;
    }

    long currentEpoch() {
        return currentEpoch;
    }

    void acceptedEpoch(long epoch) {
        acceptedEpoch = epoch;
    }

    void currentEpoch(long epoch) {
        currentEpoch = epoch;
    }
}
