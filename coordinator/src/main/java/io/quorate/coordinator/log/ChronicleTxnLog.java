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
 * The transaction log on Chronicle Queue: owns the segments, their order and the sequence numbers.
 *
 * <p>A process never appends to a segment it did not create: the first append of each opens a run and a segment. Files are
 * believed as {@link LogWalk} says. See {@link TxnLog} for threads and failures.
 */
public final class ChronicleTxnLog implements TxnLog {

    /** A segment that is no longer written, and the highest zxid that it or one before it holds. */
    private record Closed(SegmentFile segment, long highestZxid) {}

    private static final UnsafeBuffer NO_PAYLOAD = new UnsafeBuffer(new byte[0]);

    private final Path directory;
    private final LogSettings settings;
    private final SegmentPreparer preparer;
    private final Path run;
    private final long firstSegment;
    private final List<Path> oldRuns;
    private boolean started;
    private final long runId = new SecureRandom().nextLong();
    private final Deque<Closed> closed = new ArrayDeque<>();
    private LogHistory history;
    private SegmentWriter writer;
    private boolean rollWanted;
    private boolean failed;
    private long lastSequence;
    private long syncedSequence;
    private long lastZxid;
    private long highestZxid;

    private ChronicleTxnLog(Path directory, LogSettings settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        oldRuns = SegmentFile.runs(directory);
        List<SegmentFile> segments = SegmentFile.list(directory);
        firstSegment = nextNumber(oldRuns, segments);
        run = directory.resolve(SegmentFile.name(firstSegment));
        preparer = new SegmentPreparer(directory, run, settings);
        try {
            recover(segments);
        } catch (IOException | RuntimeException e) {
            preparer.close();
            throw e;
        }
    }

    /**
     * Opens the log of a directory that the caller owns (see {@link DataDirectory}), and finds out what it holds. Nothing is
     * changed before {@link #start}, so neither a full disk nor damage is made worse by looking.
     *
     * @throws LogException if the files cannot be read
     */
    public static ChronicleTxnLog open(Path directory, LogSettings settings) {
        ChronicleSettings.apply();
        try {
            Files.createDirectories(directory);
            return new ChronicleTxnLog(directory, settings);
        } catch (IOException e) {
            throw new LogException("cannot read the log in " + directory, e);
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

    private void recover(List<SegmentFile> segments) throws IOException {
        // What the last process wrote and did not sync may be in memory only. It counts from now on, so it must become
        // durable.
        for (SegmentFile segment : segments) {
            Disk.sync(segment.file());
        }
        history = LogHistory.read(segments);
        lastSequence = history.lastSequence();
        syncedSequence = lastSequence;
        lastZxid = history.lastZxid();
        for (LogWalk.SegmentEnd end : history.segmentEnds()) {
            highestZxid = Math.max(highestZxid, end.highestZxid());
            closed.add(new Closed(end.segment(), highestZxid));
        }
    }

    /**
     * Begins to change files: old segments are tidied and the first one of this run is prepared, in the background. Until then
     * everything is as it was found, so that a log which turns out to be damaged stays as it is. The first append does it too.
     */
    public void start() {
        if (!started) {
            started = true;
            preparer.look();
            preparer.later("tidy old segments", () -> OldRuns.tidy(oldRuns));
            preparer.want(firstSegment);
        }
    }

    /** The last zxid that is neither void nor torn, 0 for none. */
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
            if (writer == null || rollWanted || !writer.hasRoom(record)) {
                startSegment();
            }
            writer.write(record, payload, offset);
        });
        history = null;
        lastSequence = record.sequence();
        lastZxid = record.lastZxid();
        highestZxid = Math.max(highestZxid, lastZxid);
    }

    private void startSegment() throws IOException {
        start();
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
            closed.add(new Closed(previous, highestZxid));
        }
        writer.start(number, LogRecord.segment(lastSequence, lastZxid, runId));
        rollWanted = false;
        if (previous != null) {
            Path file = previous.file();
            long bytes = Math.min(previousBytes, settings.segmentBytes());
            preparer.later("trim " + file, () -> SegmentPreparer.trim(file, bytes));
        }
        preparer.want(number + 1);
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
        try {
            if (history == null) {
                preparer.check();
                history = LogHistory.read(SegmentFile.list(directory));
            }
            return history.replay(afterZxid, visitor);
        } catch (IOException e) {
            throw new LogException("cannot read the log in " + directory, e);
        }
    }

    @Override
    public void purgeBefore(long zxid) {
        start();
        SegmentFile newestDead = null;
        while (!closed.isEmpty() && closed.peek().highestZxid() <= zxid) {
            newestDead = closed.remove().segment();
        }
        if (newestDead != null) {
            history = null;
            long number = newestDead.number();
            preparer.later("delete segments up to " + number, () -> OldRuns.delete(directory, number, run));
        }
        preparer.want(writer == null ? firstSegment : writer.segment().number() + 1);
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
            if (writer != null) {
                writer.close();
            }
        }
    }
}
