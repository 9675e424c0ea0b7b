package io.quorate.coordinator.log;

import java.io.IOException;
import java.util.List;

/** What the files of the log say happened, once voided and torn records are left out. */
final class LogHistory {

    private final List<LogWalk.Head> heads;
    private final LogWalk found;

    private LogHistory(List<LogWalk.Head> heads, LogWalk found) {
        this.heads = heads;
        this.found = found;
    }

    /** Reads every segment once, checking each record. */
    static LogHistory read(List<SegmentFile> segments) throws IOException {
        List<LogWalk.Head> heads = LogWalk.heads(segments);
        return new LogHistory(heads, LogWalk.over(heads, (record, reader) -> {}));
    }

    long lastSequence() {
        return found.lastSequence();
    }

    long lastZxid() {
        return found.lastZxid();
    }

    List<LogWalk.SegmentEnd> segmentEnds() {
        return found.segmentEnds();
    }

    /** Does what {@link TxnLog#replay} promises. */
    long replay(long afterZxid, EntryVisitor visitor) throws IOException {
        if (afterZxid < found.reachesBackTo()) {
            throw new LogDamagedException("the log does not continue from zxid 0x" + Long.toHexString(afterZxid)
                    + ", only from 0x" + Long.toHexString(found.reachesBackTo()) + ": " + found.hole());
        }
        LogWalk.over(heads, new EntryReplay(found.cuts(), afterZxid, visitor));
        return Math.max(afterZxid, found.lastZxid());
    }
}
