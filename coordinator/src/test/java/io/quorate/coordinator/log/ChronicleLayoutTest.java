package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery reads Chronicle's files without Chronicle: both must see the same records. */
final class ChronicleLayoutTest {

    @TempDir
    private Path directory;

    @Test
    void chroniclesOwnTailerReadsTheSameRecords() throws IOException {
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            for (int batch = 0; batch < 40; batch++) {
                append(log, batch * 50L + 1, batch * 50L + 1 + batch, 900 + batch);
                log.sync();
            }
        }
        List<Long> ours = new ArrayList<>();
        for (SegmentFile segment : SegmentFile.list(directory)) {
            try (SegmentReader reader = new SegmentReader(segment.file())) {
                for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                    ours.add(record.sequence());
                }
            }
        }
        assertThat(ours).hasSizeGreaterThan(42);
        assertThat(chronicles(SegmentFile.runs(directory).get(0))).isEqualTo(ours);
    }

    private static List<Long> chronicles(Path run) {
        List<Long> sequences = new ArrayList<>();
        SegmentClock clock = new SegmentClock();
        try (ChronicleQueue queue = ChronicleQueue.singleBuilder(run)
                        .rollCycle(clock)
                        .timeProvider(clock)
                        .epoch(clock.epochMillis())
                        .blockSize(SMALL.segmentBytes())
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext excerpt = tailer.readingDocument()) {
                    if (!excerpt.isPresent()) {
                        return sequences;
                    }
                    byte[] header = new byte[LogRecord.HEADER_BYTES];
                    excerpt.wire().bytes().read(header);
                    sequences.add(ByteBuffer.wrap(header)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong(8));
                }
            }
        }
    }

    @Test
    void segmentsAreNamedByTheirNumber() throws IOException {
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            append(log, 1, 1);
            log.roll();
            append(log, 2, 2);
        }
        assertThat(SegmentFile.list(directory))
                .extracting(segment -> directory.relativize(segment.file()).toString())
                .containsExactly("00000001/00000001.cq4", "00000001/00000002.cq4");
    }
}
