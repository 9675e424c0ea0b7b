package io.quorate.coordinator;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Purge;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.core.SnapshotOut;
import io.quorate.coordinator.core.StoredState;
import io.quorate.coordinator.log.ChronicleTxnLog;
import io.quorate.coordinator.log.DataDirectory;
import io.quorate.coordinator.log.DataDirectoryException;
import io.quorate.coordinator.log.EpochFiles;
import io.quorate.coordinator.log.LogAgent;
import io.quorate.coordinator.log.LogException;
import io.quorate.coordinator.log.LogHistory;
import io.quorate.coordinator.log.LogIdle;
import io.quorate.coordinator.log.LogListener;
import io.quorate.coordinator.log.LogQueue;
import io.quorate.coordinator.log.LogSettings;
import io.quorate.coordinator.metrics.Counter;
import io.quorate.coordinator.metrics.Metrics;
import io.quorate.coordinator.metrics.Stopwatch;
import io.quorate.coordinator.metrics.Tally;
import io.quorate.coordinator.metrics.Timing;
import io.quorate.coordinator.runtime.CoreLoop;
import io.quorate.coordinator.snapshot.SnapshotAgent;
import io.quorate.coordinator.snapshot.SnapshotFile;
import io.quorate.coordinator.snapshot.SnapshotFiles;
import io.quorate.coordinator.snapshot.SnapshotIdle;
import io.quorate.coordinator.snapshot.SnapshotQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.AgentRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one server that touch the disk, wired together: data directory, log and snapshots. */
final class Storage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    private static final int QUEUE_BYTES = 16 << 20;
    private static final int SEGMENT_UNIT_BYTES = 64 << 10;
    private static final int FRAMES_PER_BATCH = 4;
    private static final long SPACE_CHECK_MILLIS = 1000;

    private final ServerConfig config;
    private final DataDirectory directory;
    private final LogSettings settings;
    private final LogHistory history;
    private final LogQueue queue;
    private final EpochFiles epochs;
    private final SnapshotQueue snapshotQueue = new SnapshotQueue();
    private final SnapshotFiles snapshots;
    private final DiskState state;
    private final boolean inline;
    private final Stopwatch syncTime;
    private final Stopwatch batchSize;
    private final Tally snapshotErrors;
    private final Metrics metrics;
    private long recoveredZxid;
    private ChronicleTxnLog log;
    private LogAgent agent;
    private AgentRunner logRunner;
    private AgentRunner snapshotRunner;

    private Storage(ServerConfig config, DataDirectory directory, Metrics metrics, boolean inline) {
        this.config = config;
        this.directory = directory;
        this.metrics = metrics;
        this.inline = inline;
        this.syncTime = metrics.take(Timing.FSYNCTIME);
        this.snapshotErrors = metrics.take(Counter.SNAPSHOT_ERROR_COUNT);
        this.batchSize = metrics.take(Timing.SYNC_PROCESSOR_BATCH_SIZE);
        settings = logSettings(config);
        snapshots = new SnapshotFiles(directory.snapshots());
        ChronicleTxnLog.loadAhead();
        state = new DiskState(snapshots, snapshotQueue, directory.log());
        history = LogHistory.read(directory.log());
        epochs = new EpochFiles(directory.snapshots());
        queue = new LogQueue(QUEUE_BYTES, Assembled.entryBytesMax(config));
    }

    /**
     * Takes hold of the data directory.
     *
     * @param shared true if the core's thread also serves sockets, which decides who writes the log unless the operator did
     */
    static Storage open(ServerConfig config, Metrics metrics, boolean shared) throws StartException {
        DataDirectory directory;
        try {
            directory = DataDirectory.open(
                    config.folders().dataDir(), config.folders().dataLogDir());
        } catch (DataDirectoryException e) {
            throw new StartException(ExitCode.DATA_DIR, e.getMessage() + ".", e);
        }
        boolean inline =
                switch (config.log().inline()) {
                    case TRUE -> true;
                    case FALSE -> false;
                        // A member must answer its peers while its disk is slow.
                    case AUTO -> shared && config.ensemble().isEmpty();
                };
        try {
            return new Storage(config, directory, metrics, inline);
        } catch (LogException e) {
            directory.close();
            throw unusable(directory, e);
        }
    }

    private static StartException unusable(DataDirectory directory, LogException cause) {
        return new StartException(
                ExitCode.OTHER, "The log in " + directory.log() + " cannot be used: " + cause.getMessage(), cause);
    }

    /** Segments large enough that a batch can hold the longest entry several times. */
    private static LogSettings logSettings(ServerConfig config) {
        ServerConfig.LogSettings wanted = config.log();
        long needed = 4L * FRAMES_PER_BATCH * Assembled.entryBytesMax(config);
        long segment = Math.max(wanted.segmentBytes(), needed);
        segment = Math.min(LogSettings.SEGMENT_BYTES_MAX, roundUp(segment));
        return new LogSettings(
                segment, wanted.reserveBytes(), wanted.budgetBytes(), wanted.forceSync(), SPACE_CHECK_MILLIS);
    }

    private static long roundUp(long bytes) {
        return (bytes + SEGMENT_UNIT_BYTES - 1) / SEGMENT_UNIT_BYTES * SEGMENT_UNIT_BYTES;
    }

    LogQueue logQueue() {
        return queue;
    }

    /** What is on disk, for a member that must go back to it while it runs. */
    StoredState state() {
        return state;
    }

    /** The epochs of a member whose history was recovered. */
    Epochs epochs() throws StartException {
        return Epochs.read(epochs, recoveredZxid);
    }

    SnapshotOut snapshotOut() {
        return snapshotQueue;
    }

    /** Brings stored state back: the newest snapshot that is whole, and all transactions behind it. */
    void recover(Recovery recovery) throws StartException {
        long begun = System.nanoTime();
        try {
            snapshots.removeTemporary();
            DiskState.Restored restored =
                    state.restore(history, recovery, history.voidedBehind().orElse(Long.MAX_VALUE));
            Recovery.DigestCheck digests = recovery.finish();
            recoveredZxid = Math.max(restored.lastZxid(), recovery.lastZxid());
            metrics.take(Timing.STARTUP_SNAP_LOAD_TIME).record(restored.snapshotMillis());
            metrics.take(Timing.STARTUP_TXNS_LOADED).record(restored.replayed());
            metrics.take(Timing.STARTUP_TXNS_LOAD_TIME).record(millisSince(begun) - restored.snapshotMillis());
            metrics.take(Timing.DBINITTIME).record(millisSince(begun));
            report(restored, recovery, millisSince(begun));
            if (digests == Recovery.DigestCheck.DIFFERENT) {
                LOG.error("the tree that was recovered is not the one that was written: its digest differs;"
                        + " compare with a backup before you trust it");
            }
        } catch (IOException | LogException e) {
            throw new StartException(
                    ExitCode.OTHER,
                    "The data in " + config.folders().dataDir() + " cannot be recovered: " + e.getMessage()
                            + ". Restore it from a backup, or start on an empty directory.",
                    e);
        }
    }

    private void report(DiskState.Restored restored, Recovery recovery, long millis) {
        String snapshot = restored.snapshot()
                .map(SnapshotFiles.Loaded::file)
                .map(SnapshotFile::toString)
                .orElse("no snapshot");
        LOG.info(
                "Recovered {} znodes and {} sessions at zxid 0x{}: {}, {} transactions behind it, in {} ms",
                recovery.nodeCount(),
                recovery.sessionCount(),
                Long.toHexString(recoveredZxid),
                snapshot,
                restored.replayed(),
                millis);
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    /** Begins to write. Until then everything is as it was found. */
    void start(CoreLoop core, Consumer<Throwable> fatal) throws StartException {
        try {
            if (history.voidedBehind().isPresent()) {
                snapshots.deleteAfter(history.voidedBehind().getAsLong());
            }
            log = ChronicleTxnLog.open(history, settings, recoveredZxid);
        } catch (IOException e) {
            throw unusable(directory, new LogException("snapshots of what was voided cannot be deleted", e));
        } catch (LogException e) {
            throw unusable(directory, e);
        }
        agent = new LogAgent(log, epochs, queue, new Listener(core, fatal), settings.batchBytesMax());
        if (!inline) {
            logRunner = new AgentRunner(new LogIdle(queue), fatal::accept, null, agent);
            AgentRunner.startOnThread(logRunner);
        }
        SnapshotAgent snapshotAgent = new SnapshotAgent(
                snapshotQueue, snapshots, (zxid, bytes) -> onSnapshotDone(core, zxid, bytes), settings.reserveBytes());
        if (!log.hasSpace()) {
            core.offer(new Event.LogSpace(false));
        }
        snapshotRunner = new AgentRunner(new SnapshotIdle(snapshotQueue), fatal::accept, null, snapshotAgent);
        AgentRunner.startOnThread(snapshotRunner);
    }

    /** What the log says, passed on to the core. */
    private final class Listener implements LogListener {

        private final CoreLoop core;
        private final Consumer<Throwable> fatal;

        Listener(CoreLoop core, Consumer<Throwable> fatal) {
            this.core = core;
            this.fatal = fatal;
        }

        @Override
        public void onLogFlushed(long lastZxid) {
            long nanos = agent.counters().lastSyncNanos();
            syncTime.record(TimeUnit.NANOSECONDS.toMillis(nanos));
            batchSize.record(agent.counters().lastBatchEntries());
            if (nanos > TimeUnit.MILLISECONDS.toNanos(config.log().syncWarningMillis())) {
                LOG.warn(
                        "a sync of the log took {} ms: the disk is slow or busy, and every write waits for it",
                        TimeUnit.NANOSECONDS.toMillis(nanos));
            }
            core.offer(new Event.LogFlushed(lastZxid));
        }

        @Override
        public void onLogCut(long zxid) {
            core.offer(new Event.LogCut(zxid));
        }

        @Override
        public void onAcceptedEpochStored(long epoch) {
            core.offer(new Event.AcceptedEpochStored(epoch));
        }

        @Override
        public void onCurrentEpochStored(long epoch) {
            core.offer(new Event.CurrentEpochStored(epoch));
        }

        @Override
        public void onLogSpace(boolean available) {
            if (available) {
                LOG.info("there is room on the disk again: writes are taken");
            } else {
                LOG.error(
                        "less than {} MB are free for the log in {}: writes are refused, reads go on;"
                                + " free some space, and writes are taken again by themselves",
                        settings.reserveBytes() >> 20,
                        directory.log());
            }
            core.offer(new Event.LogSpace(available));
        }

        @Override
        public void onLogFailed(Throwable cause) {
            fatal.accept(cause);
        }
    }

    /** A new snapshot makes older ones and the log below them superfluous. */
    private void onSnapshotDone(CoreLoop core, long zxid, long bytes) {
        if (bytes < 0) {
            snapshotErrors.increment();
        }
        core.offer(new Event.SnapshotDone(zxid, bytes));
        if (bytes >= 0 && !log.hasSpace()) {
            // Short of space, everything that this snapshot holds may go, the segment in use included.
            core.execute(() -> {
                queue.roll();
                queue.purgeBefore(zxid);
            });
        }
        if (bytes >= 0 && config.snapshots().purge() == Purge.AFTER_EACH_SNAPSHOT) {
            purge(core);
        }
    }

    /** Deletes what the retention settings no longer want. The log queue belongs to the core's thread. */
    void purge(CoreLoop core) {
        try {
            long oldest = snapshots.purge(
                    config.snapshots().retainCount(), config.snapshots().keptBytesMax());
            if (oldest >= 0) {
                core.execute(() -> queue.purgeBefore(oldest));
            }
        } catch (IOException e) {
            LOG.warn("old snapshots could not be purged: {}", e.toString());
        }
    }

    /** Appends and syncs what waits, if the core's thread writes the log. */
    void workInline() {
        if (inline) {
            agent.workOff();
        }
    }

    boolean isInline() {
        return inline;
    }

    Path snapshotFolder() {
        return directory.snapshots();
    }

    Path logFolder() {
        return directory.log();
    }

    long snapshotBytes() {
        try (Stream<Path> files = Files.list(directory.snapshots())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long logBytes() {
        return log.sizeBytes();
    }

    @Override
    public void close() {
        if (snapshotRunner != null) {
            snapshotRunner.close();
        }
        if (logRunner != null) {
            logRunner.close();
        } else if (agent != null) {
            agent.onClose();
        }
        directory.close();
    }
}
