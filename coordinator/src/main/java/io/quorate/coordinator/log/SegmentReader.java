package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the records of one segment from its first byte, believing nothing that a record's checksum does not cover.
 *
 * <p>It walks Chronicle's chain of excerpts: a 32-bit header with flags and length, then the payload, aligned to four bytes.
 * Metadata excerpts (file header, indexes) are stepped over unread. Plain reads are used and no mapping, so that a file that
 * ends early is an end and not a SIGBUS.
 */
final class SegmentReader implements AutoCloseable {

    private static final int EXCERPT_HEADER_BYTES = 4;
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int METADATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3fff_ffff;
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int HEAD_WINDOW_BYTES = 4 << 10;

    private final FileChannel channel;
    private final long sizeBytes;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer window;
    private long windowStart;
    private int windowLength;
    private long next;
    private int recordOffset;

    SegmentReader(Path file) throws IOException {
        this(file, WINDOW_BYTES);
    }

    private SegmentReader(Path file, int windowBytes) throws IOException {
        window = new UnsafeBuffer(ByteBuffer.allocateDirect(windowBytes));
        channel = FileChannel.open(file, StandardOpenOption.READ);
        sizeBytes = channel.size();
    }

    /** A reader that is to read the first record and little more. */
    static SegmentReader ofHead(Path file) throws IOException {
        return new SegmentReader(file, HEAD_WINDOW_BYTES);
    }

    /** The next record, or null at the first place that holds no whole one. */
    LogRecord next() throws IOException {
        while (load(next, EXCERPT_HEADER_BYTES)) {
            int header = intAt(next);
            int length = header & LENGTH_MASK;
            if (length == 0 || (header & NOT_COMPLETE) != 0) {
                return null;
            }
            long payload = next + EXCERPT_HEADER_BYTES;
            if ((header & METADATA) == 0) {
                return record(payload, length);
            }
            next = aligned(payload + length);
        }
        return null;
    }

    private LogRecord record(long payload, int length) throws IOException {
        if (!load(payload, length)) {
            return null;
        }
        recordOffset = (int) (payload - windowStart);
        LogRecord record = LogRecord.decode(window, recordOffset, length, crc);
        if (record == null || record.sizeBytes() != length) {
            return null;
        }
        next = aligned(payload + length);
        return record;
    }

    /**
     * Behind a place that holds no whole record: searches for the next one of this run, as if the chain of excerpts went on
     * there. Null if there is none.
     */
    LogRecord search(long run) throws IOException {
        long magic = nonZeroWord(next + 2 * EXCERPT_HEADER_BYTES);
        while (magic < sizeBytes && load(magic - EXCERPT_HEADER_BYTES, LogRecord.HEADER_BYTES)) {
            if (LogRecord.isMagic(intAt(magic))) {
                long last = next;
                next = magic - 2 * EXCERPT_HEADER_BYTES;
                LogRecord record = next();
                if (record != null && record.run() == run) {
                    return record;
                }
                next = last;
            }
            magic = nonZeroWord(magic + EXCERPT_HEADER_BYTES);
        }
        return null;
    }

    /** The first aligned place, from this one on, where four bytes are not all zero; the end of the file if there is none. */
    private long nonZeroWord(long from) throws IOException {
        long at = from;
        while (load(at, 1)) {
            int offset = (int) (at - windowStart);
            int zeros = Zeros.count(window.byteBuffer(), offset, windowLength - offset);
            at += zeros;
            if (offset + zeros < windowLength) {
                return at & -EXCERPT_HEADER_BYTES;
            }
        }
        return sizeBytes;
    }

    /** Holds the record that {@link #next} returned last, until it is called again. */
    UnsafeBuffer buffer() {
        return window;
    }

    /** Where the payload of the last record starts in {@link #buffer}. */
    int payloadOffset() {
        return recordOffset + LogRecord.HEADER_BYTES;
    }

    /** File position behind the last whole excerpt. */
    long position() {
        return next;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    private static long aligned(long position) {
        return (position + 3) & -4;
    }

    private int intAt(long position) {
        return window.getInt((int) (position - windowStart), ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes the range available in the window; false if the file ends before it does. */
    private boolean load(long position, int length) throws IOException {
        if (position + length > sizeBytes) {
            return false;
        }
        if (position >= windowStart && position + length <= windowStart + windowLength) {
            return true;
        }
        if (length > window.capacity()) {
            window.wrap(ByteBuffer.allocateDirect(length));
        }
        ByteBuffer target = window.byteBuffer().clear();
        windowStart = position;
        windowLength = 0;
        while (target.hasRemaining()) {
            int read = channel.read(target, position + windowLength);
            if (read < 0) {
                break;
            }
            windowLength += read;
        }
        return windowLength >= length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
