package io.quorate.coordinator.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The header of one record of the log: what recovery believes, and nothing else.
 *
 * <pre>
 *   little-endian; a record is the payload of one Chronicle excerpt
 *
 *   0          4          8                     16
 *   +----------+----------+---------------------+
 *   | CRC32C   | magic+   |  sequence number    |
 *   |          | kind     |                     |
 *   +----------+----------+---------------------+
 *   |  first zxid         |  last zxid          |  32
 *   +----------+----------+---------------------+
 *   | count    | length   |  synced sequence    |  48
 *   +----------+----------+---------------------+
 *   |  run                |  56
 *   +---------------------+
 *   |  length bytes, then zeros up to a multiple of 8
 *   +--------------------------------------------
 * </pre>
 *
 * The checksum covers everything behind it, padding excepted. Sequence numbers grow by one per record over all segments and
 * runs, except that a {@link #SEGMENT} record repeats the number and the zxid of the last record before it: so a reader knows
 * where the segment before must end.
 *
 * @param kind one of the constants
 * @param sequence number of this record
 * @param firstZxid of a batch, else 0
 * @param lastZxid of a batch; the last valid zxid before a segment; the zxid that a void or restart names
 * @param count entries in a batch, else 0
 * @param length payload bytes
 * @param syncedSequence what was known to be durable when this was written: a later record proves that an earlier one once
 *     was whole
 * @param run a random number that all records of a run share: what a client stored cannot be mistaken for a record
 */
record LogRecord(
        int kind, long sequence, long firstZxid, long lastZxid, int count, int length, long syncedSequence, long run) {

    /** First record of each segment. */
    static final int SEGMENT = 1;
    /** Transactions. */
    static final int BATCH = 2;
    /** Everything after a zxid is void. */
    static final int VOID = 3;
    /** Everything before is void: a snapshot takes its place. */
    static final int RESTART = 4;

    static final int HEADER_BYTES = 56;

    private static final int MAGIC = 0x51_52_31_00;
    private static final int KIND_MASK = 0xff;
    private static final int ALIGNMENT = 8;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    static LogRecord segment(long lastSequence, long lastZxid, long run) {
        return new LogRecord(SEGMENT, lastSequence, 0, lastZxid, 0, 0, lastSequence, run);
    }

    /** A record of a kind that has a zxid and no payload. */
    static LogRecord mark(int kind, long sequence, long zxid, long syncedSequence, long run) {
        return new LogRecord(kind, sequence, 0, zxid, 0, 0, syncedSequence, run);
    }

    /** Size of the record on disk, padding included. */
    int sizeBytes() {
        return sizeBytes(length);
    }

    static int sizeBytes(int length) {
        return (HEADER_BYTES + length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /**
     * Writes the record: the header is put together in {@code scratch}, because the target may be a bare address that no
     * checksum of the JDK can read.
     */
    void encode(MutableDirectBuffer target, DirectBuffer payload, int offset, UnsafeBuffer scratch, CRC32C crc) {
        encodeHeader(target, payload, offset, scratch, crc);
        target.putBytes(HEADER_BYTES, payload, offset, length);
        int end = HEADER_BYTES + length;
        target.setMemory(end, sizeBytes() - end, (byte) 0);
    }

    /** Writes the header alone; the payload, which its checksum covers, must be put behind it. */
    void encodeHeader(MutableDirectBuffer target, DirectBuffer payload, int offset, UnsafeBuffer scratch, CRC32C crc) {
        scratch.putInt(4, MAGIC | kind, LE);
        scratch.putLong(8, sequence, LE);
        scratch.putLong(16, firstZxid, LE);
        scratch.putLong(24, lastZxid, LE);
        scratch.putInt(32, count, LE);
        scratch.putInt(36, length, LE);
        scratch.putLong(40, syncedSequence, LE);
        scratch.putLong(48, run, LE);
        crc.reset();
        update(crc, scratch, 4, HEADER_BYTES - 4);
        update(crc, payload, offset, length);
        scratch.putInt(0, (int) crc.getValue(), LE);
        target.putBytes(0, scratch, 0, HEADER_BYTES);
    }

    /** The record at {@code offset}, or null if the bytes there are no whole record. */
    static LogRecord decode(UnsafeBuffer source, int offset, int available, CRC32C crc) {
        if (available < HEADER_BYTES) {
            return null;
        }
        int magic = source.getInt(offset + 4, LE);
        int length = source.getInt(offset + 36, LE);
        if ((magic & ~KIND_MASK) != MAGIC || length < 0 || length > available - HEADER_BYTES) {
            return null;
        }
        crc.reset();
        update(crc, source, offset + 4, HEADER_BYTES - 4 + length);
        if (source.getInt(offset, LE) != (int) crc.getValue()) {
            return null;
        }
        return new LogRecord(
                magic & KIND_MASK,
                source.getLong(offset + 8, LE),
                source.getLong(offset + 16, LE),
                source.getLong(offset + 24, LE),
                source.getInt(offset + 32, LE),
                length,
                source.getLong(offset + 40, LE),
                source.getLong(offset + 48, LE));
    }

    /** True if the four bytes at this place may belong to a record that starts four bytes before. */
    static boolean isMagic(int bytes) {
        return (bytes & ~KIND_MASK) == MAGIC;
    }

    private static void update(CRC32C crc, DirectBuffer source, int offset, int length) {
        ByteBuffer bytes = source.byteBuffer();
        int from = offset + source.wrapAdjustment();
        if (bytes != null) {
            crc.update(bytes.duplicate().limit(from + length).position(from));
        } else {
            crc.update(source.byteArray(), from, length);
        }
    }
}
