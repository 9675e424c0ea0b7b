package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the segments of one run through a Chronicle queue of its own.
 *
 * <p>A segment is one mapping: Chronicle syncs only the mapping that holds its write position, so a record that began in one
 * and ended in another would be half synced; and a store beyond what was allocated kills the process. Both are excluded by
 * never writing past what was allocated, at most {@link LogSettings#segmentBytes}, which Chronicle is told to map at once.
 */
final class SegmentWriter implements AutoCloseable {

    /** Room kept at the end of a segment for excerpt headers, index pages and the mark that Chronicle puts behind it. */
    static final long SLACK_BYTES = 32 << 10;

    /** From so many bytes on a payload is written to the file and not stored into its mapping. */
    private static final int BY_FILE_BYTES_MIN = 8 << 10;

    private final Path run;
    private final LogSettings settings;
    private final SegmentClock clock = new SegmentClock();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer header = new UnsafeBuffer(ByteBuffer.allocateDirect(LogRecord.HEADER_BYTES));
    private final CRC32C crc = new CRC32C();
    private SegmentFile segment;
    private FileChannel file;
    private long allocatedBytes;
    private long position;

    /** Opens the queue of a run whose first segment was prepared. */
    SegmentWriter(Path run, long firstSegment, LogSettings settings) {
        this.run = run;
        this.settings = settings;
        clock.segment(firstSegment);
        queue = ChronicleQueue.singleBuilder(run)
                .rollCycle(clock)
                .timeProvider(clock)
                .epoch(clock.epochMillis())
                .blockSize(settings.segmentBytes())
                .syncMode(settings.sync() ? SyncMode.SYNC : SyncMode.NONE)
                .build();
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
    }

    /** Bytes that a prepared file must have for Chronicle to take it as it is; what lies behind the segment is never used. */
    static long fileBytes(LogSettings settings) {
        return settings.segmentBytes() + settings.segmentBytes() / 4;
    }

    /**
     * Starts a segment with its first record. When this returns the file, its name and the record are durable.
     *
     * @param bytes how many of the segment are allocated
     */
    void start(long number, long bytes, LogRecord first) throws IOException {
        clock.segment(number);
        allocatedBytes = bytes;
        segment = SegmentFile.in(run, number);
        position = 0;
        write(first, header, 0);
        sync();
        closeFile();
        file = FileChannel.open(segment.file(), StandardOpenOption.WRITE);
        if (settings.sync()) {
            Disk.sync(segment.file());
            Disk.syncDirectory(run);
        }
    }

    boolean hasRoom(LogRecord record) {
        return position + record.sizeBytes() + SLACK_BYTES <= allocatedBytes;
    }

    void write(LogRecord record, DirectBuffer payload, int offset) throws IOException {
        int size = record.sizeBytes();
        try (DocumentContext excerpt = appender.writingDocument()) {
            Bytes<?> bytes = excerpt.wire().bytes();
            long start = bytes.writePosition();
            if (start + size + SLACK_BYTES / 2 > allocatedBytes) {
                excerpt.rollbackOnClose();
                throw new LogException(
                        "a record of " + size + " bytes at " + start + " passes the end of " + segment.file());
            }
            target.wrap(bytes.addressForWrite(start), size);
            if (record.length() >= BY_FILE_BYTES_MIN && payload.byteBuffer() != null) {
                record.encodeHeader(target, payload, offset, header, crc);
                writeByFile(start + LogRecord.HEADER_BYTES, payload, offset, record.length());
            } else {
                record.encode(target, payload, offset, header, crc);
            }
            bytes.writeSkip(size);
            position = start + size;
        }
    }

    /**
     * A sync write-protects every page of the mapping that it wrote, and each page costs a fault when it is stored to; a write
     * to the file reaches the same pages without. What lies behind the payload up to the next record is zero since the segment
     * was prepared.
     */
    private void writeByFile(long place, DirectBuffer payload, int offset, int length) throws IOException {
        int from = offset + payload.wrapAdjustment();
        ByteBuffer source =
                payload.byteBuffer().duplicate().limit(from + length).position(from);
        while (source.hasRemaining()) {
            file.write(source, place + length - source.remaining());
        }
    }

    /** The one place that syncs. */
    void sync() {
        long errorsBefore = ChronicleSettings.errors();
        appender.sync();
        if (ChronicleSettings.errors() != errorsBefore) {
            throw new LogException("sync of " + segment.file() + " failed, see the log of the server");
        }
    }

    SegmentFile segment() {
        return segment;
    }

    /** Bytes used in the current segment. */
    long position() {
        return position;
    }

    private void closeFile() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    @Override
    public void close() throws IOException {
        appender.close();
        queue.close();
        closeFile();
    }
}
