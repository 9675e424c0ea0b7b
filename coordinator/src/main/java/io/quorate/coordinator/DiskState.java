package io.quorate.coordinator;

import io.quorate.coordinator.ahead.ReadAhead;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.core.StoredState;
import io.quorate.coordinator.log.LogException;
import io.quorate.coordinator.log.LogHistory;
import io.quorate.coordinator.snapshot.SnapshotFile;
import io.quorate.coordinator.snapshot.SnapshotFiles;
import io.quorate.coordinator.snapshot.SnapshotQueue;
import io.quorate.coordinator.snapshot.SnapshotSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state on this server's disk, read back: at the start, and when a member must return to an earlier transaction. */
final class DiskState implements StoredState {

    private static final Logger LOG = LoggerFactory.getLogger(DiskState.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SnapshotFiles snapshots;
    private final SnapshotQueue orders;
    private final Path log;

    /** @param log where the log lies */
    DiskState(SnapshotFiles snapshots, SnapshotQueue orders, Path log) {
        this.snapshots = snapshots;
        this.orders = orders;
        this.log = log;
    }

    /**
     * What was read.
     *
     * @param snapshot what it began with, if there was one
     * @param replayed transactions behind it
     * @param lastZxid the last of them, or the snapshot's
     */
    record Restored(Optional<SnapshotFiles.Loaded> snapshot, long snapshotMillis, long replayed, long lastZxid) {}

    /** Reads the newest snapshot that is whole and not newer than {@code upTo}, and what the log holds up to there. */
    Restored restore(LogHistory history, Recovery into, long upTo) throws IOException {
        long begun = System.nanoTime();
        Optional<SnapshotFiles.Loaded> loaded = snapshots.load(into, upTo);
        long snapshotMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        if (loaded.isEmpty()) {
            // All history is in the log, and it begins with a new tree.
            into.snapshotLoaded(0, SnapshotSummary.NO_ZXID, 0);
        }
        long from = loaded.map(snapshot -> snapshot.file().zxid()).orElse(0L);
        long[] replayed = {0};
        long last = ReadAhead.<Recovery.Stored, Long>run(
                sink -> history.replay(from, (zxid, buffer, offset, length) -> {
                    if (zxid <= upTo) {
                        sink.accept(into.decode(buffer, offset, length), length);
                    }
                }),
                stored -> {
                    into.replay(stored);
                    replayed[0]++;
                });
        if (loaded.isPresent()) {
            loaded.get().requireBridged(last);
        }
        return new Restored(loaded, snapshotMillis, replayed[0], Math.min(last, upTo));
    }

    @Override
    public void load(Recovery into, long upTo) {
        long begun = System.nanoTime();
        awaitOrders();
        try {
            // The files are looked at anew. The log writes nothing meanwhile: this is the thread that would order it.
            Restored restored = restore(LogHistory.read(log), into, upTo);
            // Not before the rest is known to be enough. A crash in between is seen at the start by how the log ends.
            snapshots.deleteAfter(upTo);
            LOG.info(
                    "Went back to zxid 0x{}: {} transactions behind {}, in {} ms",
                    Long.toHexString(upTo),
                    restored.replayed(),
                    restored.snapshot()
                            .map(snapshot -> snapshot.file().toString())
                            .orElse("no snapshot"),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        } catch (IOException | LogException e) {
            throw new IllegalStateException(
                    "the disk does not reach back to zxid 0x" + Long.toHexString(upTo) + ": " + e.getMessage(), e);
        }
    }

    /** A snapshot that is being stored would come to light after it should have been deleted. */
    private void awaitOrders() {
        while (!orders.isCarriedOut()) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    @Override
    public boolean reachesBackTo(long zxid) {
        awaitOrders();
        try {
            long from = 0;
            for (SnapshotFile file : snapshots.list()) {
                from = Math.max(from, file.zxid() <= zxid ? file.zxid() : 0);
            }
            return LogHistory.read(log).reachesBackTo(from);
        } catch (IOException | LogException e) {
            LOG.warn("the disk cannot be asked whether it reaches back to zxid 0x{}", Long.toHexString(zxid), e);
            return false;
        }
    }

    @Override
    public void dropAfter(long zxid) {
        awaitOrders();
        try {
            snapshots.deleteAfter(zxid);
        } catch (IOException e) {
            throw new IllegalStateException("snapshots of what was voided cannot be deleted: " + e.getMessage(), e);
        }
    }
}
