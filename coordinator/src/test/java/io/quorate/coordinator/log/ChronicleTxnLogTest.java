package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static io.quorate.coordinator.log.LogFixture.replayed;
import static io.quorate.coordinator.log.LogFixture.zxids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleTxnLogTest {

    @TempDir
    private Path directory;

    private ChronicleTxnLog open() {
        return LogFixture.open(directory, SMALL);
    }

    @Test
    void aNewLogIsEmpty() {
        try (ChronicleTxnLog log = open()) {
            assertThat(log.lastZxid()).isZero();
            assertThat(replayed(log, 0)).isEmpty();
            assertThat(replayed(log, -1)).isEmpty();
        }
    }

    @Test
    void whatWasAppendedIsReplayedInOrderFromTheZxidAskedFor() {
        try (ChronicleTxnLog log = open()) {
            append(log, 1, 1);
            append(log, 2, 9);
            log.sync();
            append(log, 10, 30);
            log.sync();
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 30));
            assertThat(replayed(log, 5)).isEqualTo(zxids(6, 30));
            assertThat(replayed(log, 30)).isEmpty();
            assertThat(log.replay(0, (zxid, buffer, offset, length) -> {})).isEqualTo(30);
            assertThat(log.replay(77, (zxid, buffer, offset, length) -> {})).isEqualTo(77);
        }
    }

    @Test
    void aLogOpenedAgainContinuesInAFileOfItsOwn() throws IOException {
        for (int run = 0; run < 4; run++) {
            try (ChronicleTxnLog log = open()) {
                assertThat(log.lastZxid()).isEqualTo(run * 10L);
                assertThat(replayed(log, 0)).isEqualTo(zxids(1, run * 10L));
                append(log, run * 10L + 1, run * 10L + 10);
                log.sync();
            }
        }
        assertThat(SegmentFile.list(directory)).hasSize(4);
        assertThat(SegmentFile.runs(directory)).hasSize(4);
    }

    @Test
    void aRunThatWroteNothingLeavesNothing() throws IOException {
        for (int run = 0; run < 3; run++) {
            open().close();
        }
        try (ChronicleTxnLog log = open()) {
            append(log, 1, 1);
        }
        assertThat(SegmentFile.list(directory)).hasSize(1);
    }

    @Test
    void segmentsRollBySize() throws IOException {
        try (ChronicleTxnLog log = open()) {
            for (int batch = 0; batch < 30; batch++) {
                append(log, batch * 10L + 1, batch * 10L + 10, 4000);
                log.sync();
            }
            assertThat(SegmentFile.list(directory)).hasSizeGreaterThan(5);
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 300));
        }
        try (ChronicleTxnLog log = open()) {
            assertThat(log.lastZxid()).isEqualTo(300);
            assertThat(replayed(log, 123)).isEqualTo(zxids(124, 300));
        }
    }

    @Test
    void purgeDeletesWholeSegmentsThatHoldNothingNewer() throws IOException {
        try (ChronicleTxnLog log = open()) {
            for (int batch = 0; batch < 5; batch++) {
                append(log, batch * 10L + 1, batch * 10L + 10);
                log.sync();
                log.roll();
            }
            log.purgeBefore(29);
        }
        assertThat(SegmentFile.list(directory)).hasSize(3);
        try (ChronicleTxnLog log = open()) {
            assertThat(replayed(log, 20)).isEqualTo(zxids(21, 50));
            assertThatThrownBy(() -> replayed(log, 19))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining("0x13");
            append(log, 51, 52);
            log.purgeBefore(50);
        }
        assertThat(SegmentFile.runs(directory)).hasSize(1);
        try (ChronicleTxnLog log = open()) {
            assertThat(replayed(log, 50)).isEqualTo(zxids(51, 52));
        }
    }

    /** A purge before the first append of a process once deleted all, and the next one began at zxid 0 again. */
    @Test
    void aPurgeOfAllThatEarlierRunsWroteLeavesWhereTheLogEnded() throws IOException {
        try (ChronicleTxnLog log = open()) {
            append(log, 1, 20);
            log.roll();
            append(log, 21, 50);
        }
        try (ChronicleTxnLog log = open()) {
            log.purgeBefore(50);
        }
        assertThat(SegmentFile.list(directory)).hasSize(1);
        LogHistory history = LogHistory.read(directory);
        assertThat(history.lastZxid()).isEqualTo(50);
        assertThat(replayed(history, 50)).isEmpty();
        assertThatThrownBy(() -> replayed(history, 19)).isInstanceOf(LogDamagedException.class);
        try (ChronicleTxnLog log = open()) {
            append(log, 51, 51);
            log.purgeBefore(50);
        }
        assertThat(SegmentFile.list(directory)).hasSize(1);
        assertThat(replayed(LogHistory.read(directory), 50)).isEqualTo(zxids(51, 51));
    }

    @Test
    void aLogThatGoesOnBehindASnapshotDoesNotBridgeAnOlderOne() {
        try (ChronicleTxnLog log = ChronicleTxnLog.open(LogHistory.read(directory), SMALL, 100)) {
            assertThat(log.lastZxid()).isEqualTo(100);
            append(log, 101, 110);
        }
        assertThatThrownBy(() -> replayed(LogHistory.read(directory), 0)).isInstanceOf(LogDamagedException.class);
        assertThat(replayed(LogHistory.read(directory), 100)).isEqualTo(zxids(101, 110));
        try (ChronicleTxnLog log = ChronicleTxnLog.open(LogHistory.read(directory), SMALL, 200)) {
            append(log, 201, 202);
        }
        LogHistory history = LogHistory.read(directory);
        assertThatThrownBy(() -> replayed(history, 100))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("missing");
        assertThat(replayed(history, 200)).isEqualTo(zxids(201, 202));
    }

    @Test
    void readingChangesNothing() throws IOException {
        try (ChronicleTxnLog log = open()) {
            append(log, 1, 20);
        }
        Path prepared = directory.resolve("00000001").resolve("00000002" + SegmentFile.PREPARED_SUFFIX);
        assertThat(prepared).exists();
        assertThat(replayed(LogHistory.read(directory), 0)).isEqualTo(zxids(1, 20));
        assertThat(prepared).exists();
        assertThat(SegmentFile.runs(directory)).hasSize(1);
        assertThat(LogHistory.read(directory.resolve("missing")).lastZxid()).isZero();
        assertThat(directory.resolve("missing")).doesNotExist();
    }

    @Test
    void whatIsVoidIsNotReplayedAndItsPlaceIsTakenByWhatFollows() {
        try (ChronicleTxnLog log = open()) {
            append(log, 1, 10);
            append(log, 11, 20);
            log.voidAfter(15);
            append(log, 17, 19);
            log.voidAfter(18);
            log.sync();
            assertThat(log.lastZxid()).isEqualTo(18);
        }
        List<Long> expected = zxids(1, 15);
        expected.add(17L);
        expected.add(18L);
        try (ChronicleTxnLog log = open()) {
            assertThat(log.lastZxid()).isEqualTo(18);
            assertThat(replayed(log, 0)).isEqualTo(expected);
            log.voidAfter(3);
            log.sync();
        }
        try (ChronicleTxnLog log = open()) {
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 3));
        }
    }

    @Test
    void voidingNothingWritesNothing() throws IOException {
        try (ChronicleTxnLog log = open()) {
            log.voidAfter(5);
        }
        assertThat(SegmentFile.list(directory)).isEmpty();
    }

    @Test
    void aRestartReplacesHistoryBySnapshot() {
        try (ChronicleTxnLog log = open()) {
            append(log, 1, 10);
            log.restartAt(100);
            append(log, 101, 110);
            log.sync();
        }
        try (ChronicleTxnLog log = open()) {
            assertThat(log.lastZxid()).isEqualTo(110);
            assertThat(replayed(log, 100)).isEqualTo(zxids(101, 110));
            assertThatThrownBy(() -> replayed(log, 10)).isInstanceOf(LogDamagedException.class);
        }
    }

    @Test
    void zxidsOnlyGrow() {
        try (ChronicleTxnLog log = open()) {
            append(log, 5, 6);
            assertThatIllegalArgumentException().isThrownBy(() -> append(log, 6, 7));
            append(log, 7, 8);
        }
    }

    @Test
    void theLargestBatchFitsAndALargerIsRefused() {
        try (ChronicleTxnLog log = open()) {
            int entry = SMALL.batchBytesMax() - TxnLog.ENTRY_HEADER_BYTES;
            for (long zxid = 1; zxid <= 20; zxid++) {
                append(log, zxid, zxid, entry);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> append(log, 21, 21, entry + 1));
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 20));
        }
    }
}
