package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The transaction log on Chronicle Queue, open for writing: owns the segments, their order and the sequence numbers.
 *
 * <p>A process never appends to a segment it did not create: the first append of each opens a run and a segment. See {@link
 * TxnLog} for threads and failures.
 */
public final class ChronicleTxnLog implements TxnLog {

    private static final UnsafeBuffer NO_PAYLOAD = new UnsafeBuffer(new byte[0]);

    private final Path directory;
    private final LogSettings settings;
    private final SegmentPreparer preparer;
    private final Path run;
    private final long firstSegment;
    private final long runId = new SecureRandom().nextLong();
    private final Deque<LogHistory.Closed> closed;
    private LogHistory history;
    private SegmentWriter writer;
    private boolean rollWanted;
    private boolean failed;
    private long lastSequence;
    private long syncedSequence;
    private long lastZxid;

    private ChronicleTxnLog(LogHistory history, LogSettings settings, long recoveredZxid) throws IOException {
        this.history = history;
        this.settings = settings;
        directory = history.directory();
        closed = new ArrayDeque<>(history.segments());
        lastSequence = history.lastSequence();
        syncedSequence = lastSequence;
        lastZxid = Math.max(recoveredZxid, history.lastZxid());
        List<Path> oldRuns = SegmentFile.runs(directory);
        firstSegment = nextNumber(oldRuns, SegmentFile.list(directory));
        run = directory.resolve(SegmentFile.name(firstSegment));
        preparer = new SegmentPreparer(directory, run, settings);
        preparer.start(firstSegment);
        preparer.later("tidy old segments", () -> OldRuns.tidy(oldRuns));
    }

    /**
     * Begins to load in the background what {@link #open} and the first append need. Touches no data, and need not be called;
     * but it takes half a second, which a caller who has stored state to read first can save.
     */
    public static void loadAhead() {
        Thread thread = new Thread(ChronicleLoad::run, "quorate-log-load");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens for writing the log that was read. What was read becomes durable; from now on files are changed in the background:
     * old segments are tidied and the first of this run is prepared.
     *
     * @param history whose directory nobody has written to since
     * @param recoveredZxid the last transaction of the state that was recovered. If the log ends before it a snapshot holds
     *     more, and the log will say that it goes on behind that zxid, so that no older snapshot is brought forward with it
     * @throws LogException if the files cannot be read or synced
     */
    public static ChronicleTxnLog open(LogHistory history, LogSettings settings, long recoveredZxid) {
        ChronicleSettings.apply();
        Path directory = history.directory();
        try {
            Files.createDirectories(directory);
            // What the last process wrote and did not sync may be in memory only. It counts from now on.
            for (SegmentFile segment : SegmentFile.list(directory)) {
                Disk.sync(segment.file());
            }
            return new ChronicleTxnLog(history, settings, recoveredZxid);
        } catch (IOException e) {
            throw new LogException("cannot open the log in " + directory, e);
        }
    }

    private static long nextNumber(List<Path> runs, List<SegmentFile> segments) {
        long next = 1;
        for (Path old : runs) {
            next = Math.max(next, 1 + Long.parseLong(old.getFileName().toString()));
        }
        for (SegmentFile segment : segments) {
            next = Math.max(next, 1 + segment.number());
        }
        return next;
    }

    /** The last zxid that is neither void nor torn, or that a snapshot holds; 0 for none. */
    public long lastZxid() {
        return lastZxid;
    }

    @Override
    public void append(DirectBuffer batch, int offset, int length, long firstZxid, long batchLastZxid, int count) {
        if (firstZxid <= lastZxid || batchLastZxid < firstZxid || count <= 0) {
            throw new IllegalArgumentException("batch of " + count + " from 0x" + Long.toHexString(firstZxid) + " to 0x"
                    + Long.toHexString(batchLastZxid) + " behind 0x" + Long.toHexString(lastZxid));
        }
        if (length > settings.batchBytesMax()) {
            throw new IllegalArgumentException("batch of " + length + " bytes, at most " + settings.batchBytesMax());
        }
        write(
                new LogRecord(
                        LogRecord.BATCH,
                        lastSequence + 1,
                        firstZxid,
                        batchLastZxid,
                        count,
                        length,
                        syncedSequence,
                        runId),
                batch,
                offset);
    }

    @Override
    public void voidAfter(long zxid) {
        if (zxid < lastZxid) {
            mark(LogRecord.VOID, zxid);
        }
    }

    @Override
    public void restartAt(long zxid) {
        mark(LogRecord.RESTART, zxid);
    }

    private void mark(int kind, long zxid) {
        write(LogRecord.mark(kind, lastSequence + 1, zxid, syncedSequence, runId), NO_PAYLOAD, 0);
    }

    private void write(LogRecord record, DirectBuffer payload, int offset) {
        guarded(() -> {
            // Without room for the next segment this one is written on: to begin another is a wish, to go on is not.
            if (writer == null
                    || (rollWanted && preparer.isPrepared(writer.segment().number() + 1))) {
                startSegment();
            }
            // The first segments of a run are small: the longest batch may not fit into them.
            while (!writer.hasRoom(record)) {
                startSegment();
            }
            writer.write(record, payload, offset);
        });
        history = null;
        lastSequence = record.sequence();
        lastZxid = record.lastZxid();
    }

    private void startSegment() throws IOException {
        long number = writer == null ? firstSegment : writer.segment().number() + 1;
        preparer.await(number);
        SegmentFile previous = null;
        long previousBytes = 0;
        if (writer == null) {
            writer = new SegmentWriter(run, firstSegment, settings);
        } else {
            flush();
            previous = writer.segment();
            previousBytes = writer.position() + SegmentWriter.SLACK_BYTES;
            closed.add(new LogHistory.Closed(previous, Math.max(lastZxid, highestClosedZxid())));
        }
        writer.start(number, preparer.allocatedBytes(number), LogRecord.segment(lastSequence, lastZxid, runId));
        rollWanted = false;
        if (previous != null) {
            Path file = previous.file();
            long bytes = Math.min(previousBytes, settings.segmentBytes());
            preparer.later("trim " + file, () -> SegmentPreparer.trim(file, bytes));
        }
        preparer.want(number + 1);
    }

    private long highestClosedZxid() {
        return closed.isEmpty() ? 0 : closed.getLast().highestZxid();
    }

    @Override
    public void sync() {
        if (writer != null) {
            guarded(this::flush);
        }
    }

    private void flush() {
        if (syncedSequence < lastSequence) {
            writer.sync();
            syncedSequence = lastSequence;
        }
    }

    @Override
    public long replay(long afterZxid, EntryVisitor visitor) {
        if (history == null) {
            preparer.check();
            history = LogHistory.read(directory);
        }
        return history.replay(afterZxid, visitor);
    }

    /** The newest segment stays whatever it holds: it says where the log ends, and that there was one. */
    @Override
    public void purgeBefore(long zxid) {
        int kept = writer == null ? 1 : 0;
        SegmentFile newestDead = null;
        while (closed.size() > kept && closed.element().highestZxid() <= zxid) {
            newestDead = closed.remove().segment();
        }
        if (newestDead != null) {
            history = null;
            long number = newestDead.number();
            preparer.later("delete segments up to " + number, () -> OldRuns.delete(directory, number, run));
        }
        preparer.lookAgain();
    }

    @Override
    public void roll() {
        rollWanted = writer != null;
    }

    @Override
    public long sizeBytes() {
        try {
            return preparer.sizeBytes();
        } catch (IOException e) {
            throw new LogException("cannot read " + directory, e);
        }
    }

    @Override
    public boolean hasSpace() {
        return preparer.hasSpace();
    }

    /** Runs something that must not be tried again when it failed. */
    private void guarded(SegmentPreparer.Housekeeping action) {
        if (failed) {
            throw new LogException("the log failed before");
        }
        failed = true;
        try {
            action.run();
            failed = false;
        } catch (IOException e) {
            throw new LogException("cannot write the log in " + run, e);
        }
    }

    @Override
    public void close() {
        try {
            if (!failed) {
                sync();
            }
        } finally {
            preparer.close();
            closeWriter();
        }
    }

    private void closeWriter() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            throw new LogException("cannot close the log in " + run, e);
        }
    }
}
