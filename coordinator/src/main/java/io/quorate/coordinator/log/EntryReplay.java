package io.quorate.coordinator.log;

import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes batches apart and hands out the entries that are wanted and that no later record voids. */
final class EntryReplay implements LogWalk.RecordVisitor {

    private final List<LogWalk.Cut> cuts;
    private final long[] lowestFrom;
    private final long afterZxid;
    private final EntryVisitor visitor;
    private int nextCut;

    EntryReplay(List<LogWalk.Cut> cuts, long afterZxid, EntryVisitor visitor) {
        this.cuts = cuts;
        this.afterZxid = afterZxid;
        this.visitor = visitor;
        lowestFrom = new long[cuts.size() + 1];
        lowestFrom[cuts.size()] = Long.MAX_VALUE;
        for (int i = cuts.size() - 1; i >= 0; i--) {
            lowestFrom[i] = Math.min(cuts.get(i).zxid(), lowestFrom[i + 1]);
        }
    }

    @Override
    public void record(LogRecord record, SegmentReader reader) {
        while (nextCut < cuts.size() && cuts.get(nextCut).sequence() <= record.sequence()) {
            nextCut++;
        }
        if (record.kind() == LogRecord.BATCH && record.lastZxid() > afterZxid) {
            entries(record, reader, lowestFrom[nextCut]);
        }
    }

    private void entries(LogRecord record, SegmentReader reader, long lastValidZxid) {
        UnsafeBuffer buffer = reader.buffer();
        int position = reader.payloadOffset();
        for (int i = 0; i < record.count(); i++) {
            long zxid = buffer.getLong(position, ByteOrder.LITTLE_ENDIAN);
            int length = buffer.getInt(position + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
            position += TxnLog.ENTRY_HEADER_BYTES;
            if (zxid > afterZxid && zxid <= lastValidZxid) {
                visitor.entry(zxid, buffer, position, length);
            }
            position += length;
        }
    }
}
