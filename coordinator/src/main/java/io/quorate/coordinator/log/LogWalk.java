package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over the segments of the log: decides which records count.
 *
 * <p>The first record of each segment names the sequence number and the zxid before it. What the segment before holds beyond
 * that is void (a crash made it disappear once already); if the segment before ends earlier, records are missing between them.
 * Within a segment reading stops at the first record that is torn or out of order.
 */
final class LogWalk {

    private static final long NOTHING_BEFORE = Long.MIN_VALUE;

    /** Receives the records that count, in order. */
    @FunctionalInterface
    interface RecordVisitor {
        void record(LogRecord record, SegmentReader reader);
    }

    /** A segment and its first record. */
    record Head(SegmentFile segment, LogRecord first) {}

    /** An order to void what comes after a zxid in the records before this sequence number. */
    record Cut(long sequence, long zxid) {

        /** True if a snapshot took the place of all that was before. */
        boolean isRestart() {
            return zxid == NOTHING_BEFORE;
        }
    }

    private final List<Head> heads;
    private final List<Cut> cuts = new ArrayList<>();
    private long sequence;
    private long zxid;
    private long reachesBackTo = NOTHING_BEFORE;
    private String hole = "";

    private LogWalk(List<Head> heads) {
        this.heads = heads;
    }

    /** Segments without a whole first record hold nothing: it is durable before a second one is written. */
    static List<Head> heads(List<SegmentFile> segments) throws IOException {
        List<Head> heads = new ArrayList<>();
        for (SegmentFile segment : segments) {
            try (SegmentReader reader = SegmentReader.ofHead(segment.file())) {
                LogRecord first = reader.next();
                if (first != null && first.kind() == LogRecord.SEGMENT) {
                    heads.add(new Head(segment, first));
                }
            }
        }
        return List.copyOf(heads);
    }

    /** Walks through segments that follow each other, the newest of the log among them. */
    static LogWalk over(List<Head> heads) throws IOException {
        return over(heads, Long.MAX_VALUE, (record, reader) -> {});
    }

    /** Walks through them up to a record that a walk before has found to be the last one that counts. */
    static LogWalk over(List<Head> heads, long lastSequence, RecordVisitor visitor) throws IOException {
        LogWalk walk = new LogWalk(heads);
        long[] limits = new long[heads.size()];
        long limit = lastSequence;
        for (int i = limits.length - 1; i >= 0; i--) {
            limits[i] = limit;
            limit = Math.min(limit, heads.get(i).first().sequence());
        }
        for (int i = 0; i < limits.length; i++) {
            walk.segment(i, limits[i], visitor);
        }
        return walk;
    }

    private void segment(int index, long lastSequenceMax, RecordVisitor visitor) throws IOException {
        Head head = heads.get(index);
        LogRecord first = head.first();
        if (first.sequence() > sequence || first.lastZxid() != zxid) {
            startBehind(
                    first.lastZxid(),
                    "records are missing before " + head.segment().file());
        }
        sequence = first.sequence();
        zxid = first.lastZxid();
        try (SegmentReader reader = new SegmentReader(head.segment().file())) {
            reader.next();
            LogRecord record = next(reader, head, lastSequenceMax);
            while (record != null) {
                accept(record, head.segment().file());
                visitor.record(record, reader);
                record = next(reader, head, lastSequenceMax);
            }
        }
    }

    /**
     * The next record that counts. When the next is torn it is normally the end: nobody was told that it was written. But when
     * a later one says that it had been durable, then it was damaged since, and there is a hole.
     */
    private LogRecord next(SegmentReader reader, Head head, long lastSequenceMax) throws IOException {
        if (sequence >= lastSequenceMax) {
            return null;
        }
        LogRecord record = reader.next();
        if (record != null && follows(record) && record.run() == head.first().run()) {
            return record;
        }
        LogRecord later = record == null ? reader.search(head.first().run()) : null;
        if (later == null || later.syncedSequence() <= sequence || later.sequence() > lastSequenceMax) {
            return null;
        }
        sequence = later.sequence() - 1;
        zxid = later.kind() == LogRecord.BATCH ? later.firstZxid() - 1 : Long.MAX_VALUE;
        startBehind(
                later.kind() == LogRecord.BATCH ? zxid : later.lastZxid(),
                "records are damaged in " + head.segment().file());
        return later;
    }

    private boolean follows(LogRecord record) {
        if (record.sequence() != sequence + 1) {
            return false;
        }
        return switch (record.kind()) {
            case LogRecord.BATCH -> record.firstZxid() > zxid
                    && record.lastZxid() >= record.firstZxid()
                    && record.count() > 0;
            case LogRecord.VOID -> record.lastZxid() < zxid;
            case LogRecord.RESTART -> true;
            default -> false;
        };
    }

    private void accept(LogRecord record, Path file) {
        sequence = record.sequence();
        zxid = record.lastZxid();
        if (record.kind() == LogRecord.VOID) {
            cuts.add(new Cut(sequence, zxid));
        } else if (record.kind() == LogRecord.RESTART) {
            cuts.add(new Cut(sequence, NOTHING_BEFORE));
            startBehind(zxid, "a snapshot took the place of what was before, see " + file);
        }
    }

    private void startBehind(long newStart, String reason) {
        if (newStart >= reachesBackTo) {
            reachesBackTo = newStart;
            hole = reason;
        }
    }

    /** Sequence number of the last record that counts, 0 for none. */
    long lastSequence() {
        return sequence;
    }

    /** The last zxid that is neither void nor torn, 0 for none. */
    long lastZxid() {
        return zxid;
    }

    /** Every valid transaction after this zxid is there; before it some may be missing. */
    long reachesBackTo() {
        return reachesBackTo;
    }

    /** Why the log does not reach further back. */
    String hole() {
        return hole;
    }

    /** In sequence order. */
    List<Cut> cuts() {
        return List.copyOf(cuts);
    }
}
