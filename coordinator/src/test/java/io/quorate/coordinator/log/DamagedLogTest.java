package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static io.quorate.coordinator.log.LogFixture.replayed;
import static io.quorate.coordinator.log.LogFixture.zxids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage that is no torn tail: what was durable once is gone, and that must not pass in silence. */
final class DamagedLogTest {

    @TempDir
    private Path directory;

    private final List<Long> positions = new ArrayList<>();

    private void write(int batches) throws IOException {
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            for (int batch = 0; batch < batches; batch++) {
                append(log, batch * 10L + 1, batch * 10L + 10);
                log.sync();
            }
        }
        try (SegmentReader reader = new SegmentReader(onlySegment())) {
            while (reader.next() != null) {
                positions.add(reader.position());
            }
        }
    }

    private Path onlySegment() throws IOException {
        return SegmentFile.list(directory).get(0).file();
    }

    /** Overwrites the bytes just before the end of a batch. */
    private void damage(int batch) throws IOException {
        byte[] bytes = Files.readAllBytes(onlySegment());
        bytes[positions.get(batch).intValue() - 20] ^= 1;
        Files.write(onlySegment(), bytes);
    }

    @Test
    void aHoleIsReportedUnlessASnapshotBridgesIt() throws IOException {
        write(5);
        damage(2);
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            assertThat(log.lastZxid()).isEqualTo(50);
            assertThatThrownBy(() -> replayed(log, 0))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining("damaged");
            assertThatThrownBy(() -> replayed(log, 19)).isInstanceOf(LogDamagedException.class);
            assertThat(replayed(log, 20)).isEqualTo(zxids(21, 50));
        }
    }

    @Test
    void damageOfTheLastBatchCannotBeToldFromATornOne() throws IOException {
        write(5);
        damage(5);
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 40));
        }
    }

    @Test
    void aZeroedPageInTheMiddleIsAHole() throws IOException {
        write(100);
        byte[] bytes = Files.readAllBytes(onlySegment());
        int page = positions.get(50).intValue() & -4096;
        Arrays.fill(bytes, page, page + 4096, (byte) 0);
        Files.write(onlySegment(), bytes);
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            assertThat(log.lastZxid()).isEqualTo(1000);
            assertThatThrownBy(() -> replayed(log, 300)).isInstanceOf(LogDamagedException.class);
            assertThat(replayed(log, 900)).isEqualTo(zxids(901, 1000));
        }
    }

    @Test
    void aMissingSegmentIsAHole() throws IOException {
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            for (int batch = 0; batch < 3; batch++) {
                append(log, batch * 10L + 1, batch * 10L + 10);
                log.roll();
            }
        }
        Files.delete(SegmentFile.list(directory).get(1).file());
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            assertThatThrownBy(() -> replayed(log, 10))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining("missing");
            assertThat(replayed(log, 20)).isEqualTo(zxids(21, 30));
        }
    }

    @Test
    void whatASnapshotHoldsIsNotReadAndWhatItDoesNotHoldMayNotBeMissing() throws IOException {
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            for (int batch = 0; batch < 5; batch++) {
                append(log, batch * 10L + 1, batch * 10L + 10);
                append(log, batch * 10L + 11, batch * 10L + 11);
                log.voidAfter(batch * 10L + 10);
                log.roll();
            }
        }
        List<SegmentFile> segments = SegmentFile.list(directory);
        Files.write(segments.get(0).file(), new byte[0]);
        byte[] second = Files.readAllBytes(segments.get(1).file());
        Arrays.fill(second, second.length / 2, second.length, (byte) 7);
        Files.write(segments.get(1).file(), second);
        Files.delete(segments.get(3).file());
        LogHistory history = LogHistory.read(directory);
        assertThat(history.lastZxid()).isEqualTo(50);
        for (long zxid = 0; zxid < 40; zxid++) {
            long snapshot = zxid;
            assertThatThrownBy(() -> replayed(history, snapshot)).isInstanceOf(LogDamagedException.class);
        }
        for (long zxid = 40; zxid <= 50; zxid++) {
            assertThat(replayed(history, zxid)).isEqualTo(zxids(zxid + 1, 50));
        }
    }

    @Test
    void whatAClientStoredIsNeverTakenForARecord() throws IOException {
        write(2);
        byte[] segment = Files.readAllBytes(onlySegment());
        int start = positions.get(1).intValue();
        int length = positions.get(2).intValue() - start;
        LogBatch batch = new LogBatch(1 << 16, 10);
        UnsafeBuffer copyOfRecord = new UnsafeBuffer(segment, start, length);
        for (long zxid = 100; zxid < 104; zxid++) {
            assertThat(batch.add(zxid, copyOfRecord, 0, length & -4)).isTrue();
        }
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            append(log, 21, 30);
            batch.appendTo(log);
            log.sync();
        }
        Path file = SegmentFile.list(directory).get(1).file();
        byte[] bytes = Files.readAllBytes(file);
        long last = 0;
        try (SegmentReader reader = new SegmentReader(file)) {
            while (reader.next() != null) {
                last = reader.position();
            }
        }
        bytes[(int) last - 9] ^= 1;
        Files.write(file, bytes);
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 30));
        }
    }
}
