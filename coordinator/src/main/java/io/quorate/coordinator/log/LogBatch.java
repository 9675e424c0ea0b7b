package io.quorate.coordinator.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Transactions put together to be appended as one batch, laid out as {@link TxnLog#append} wants them. */
final class LogBatch {

    private final UnsafeBuffer buffer;
    private final int entriesMax;
    private int length;
    private int count;
    private long firstZxid;
    private long lastZxid;

    LogBatch(int bytesMax, int entriesMax) {
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytesMax));
        this.entriesMax = entriesMax;
    }

    /** Adds one entry, or returns false because the batch is full. */
    boolean add(long zxid, DirectBuffer src, int offset, int entryLength) {
        if (count == entriesMax || length + TxnLog.ENTRY_HEADER_BYTES + entryLength > buffer.capacity()) {
            return false;
        }
        buffer.putLong(length, zxid, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length + Long.BYTES, entryLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(length + TxnLog.ENTRY_HEADER_BYTES, src, offset, entryLength);
        length += TxnLog.ENTRY_HEADER_BYTES + entryLength;
        firstZxid = count == 0 ? zxid : firstZxid;
        lastZxid = zxid;
        count++;
        return true;
    }

    void appendTo(TxnLog log) {
        log.append(buffer, 0, length, firstZxid, lastZxid, count);
    }

    void clear() {
        length = 0;
        count = 0;
    }

    int count() {
        return count;
    }

    int length() {
        return length;
    }

    long lastZxid() {
        return lastZxid;
    }
}
