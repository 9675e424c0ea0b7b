package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static io.quorate.coordinator.log.LogFixture.content;
import static io.quorate.coordinator.log.LogFixture.replayed;
import static io.quorate.coordinator.log.LogFixture.zxids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogSpaceTest {

    private static final LogSettings TIGHT =
            new LogSettings(LogSettings.SEGMENT_BYTES_MIN, 128 << 10, 4 * LogSettings.SEGMENT_BYTES_MIN, true, 20);

    @TempDir
    private Path temp;

    @Test
    void belowTheReserveTheServerIsToldAndWhenThereIsRoomAgainToo() {
        LogQueue queue = new LogQueue(1 << 20, 32 << 10);
        RecordingListener listener = new RecordingListener();
        LogAgent agent = new LogAgent(
                LogFixture.open(temp, TIGHT), new EpochFiles(temp), queue, listener, TIGHT.batchBytesMax());
        long zxid = 0;
        while (!listener.events.contains("space false") && zxid < 1000) {
            queue.append(++zxid, new UnsafeBuffer(content(zxid, 20_000)), 0, 20_000);
            agent.doWork();
            if (zxid % 5 == 0) {
                queue.roll();
                agent.doWork();
            }
        }
        assertThat(listener.events).contains("space false");
        long last = zxid + 1;
        queue.append(last, new UnsafeBuffer(content(last, 20_000)), 0, 20_000);
        agent.doWork();
        assertThat(listener.events).last().isEqualTo("flushed " + last);
        queue.purgeBefore(zxid);
        await().atMost(10, TimeUnit.SECONDS).until(() -> {
            agent.doWork();
            return listener.events.contains("space true");
        });
        assertThat(listener.events).noneMatch(event -> event.startsWith("failed"));
        agent.onClose();
    }

    @Test
    void withoutRoomForTheNextSegmentTheOneThatWasToBeLeftIsWrittenOn() {
        LogSettings one = TIGHT.withBudgetBytes(2 * LogSettings.SEGMENT_BYTES_MIN);
        try (ChronicleTxnLog log = LogFixture.open(temp, one)) {
            append(log, 1, 1);
            await().until(() -> !log.hasSpace());
            log.roll();
            append(log, 2, 3);
        }
        try (ChronicleTxnLog log = LogFixture.open(temp, TIGHT)) {
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 3));
        }
    }

    @Test
    void aFullDiskDoesNotHinderReading() {
        try (ChronicleTxnLog log = LogFixture.open(temp, SMALL)) {
            append(log, 1, 10);
        }
        try (ChronicleTxnLog log = LogFixture.open(temp, TIGHT.withBudgetBytes(1))) {
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 10));
            await().until(() -> !log.hasSpace());
            assertThatThrownBy(() -> append(log, 11, 11))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("no space");
        }
        try (ChronicleTxnLog log = LogFixture.open(temp, SMALL)) {
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 10));
            append(log, 11, 11);
        }
    }

    @Test
    void segmentsAreReallyAllocatedBeforeTheyAreUsed() throws Exception {
        LogSettings large = SMALL.withSegmentBytes(8 << 20);
        try (ChronicleTxnLog log = LogFixture.open(temp, large)) {
            append(log, 1, 1);
            Path first = SegmentFile.list(temp).get(0).file();
            assertThat(allocatedBytes(first)).isBetween(4L << 20, 5L << 20);
            assertThat(allocatedBytes(first.resolveSibling("metadata.cq4t"))).isGreaterThanOrEqualTo(128 << 10);
            log.roll();
            append(log, 2, 2);
            assertThat(allocatedBytes(SegmentFile.list(temp).get(1).file()))
                    .isGreaterThanOrEqualTo(large.segmentBytes());
        }
    }

    @Test
    void aBatchTooLongForTheSmallFirstSegmentsIsWrittenToALaterOne() throws IOException {
        LogSettings large = SMALL.withSegmentBytes(64 << 20);
        int entry = large.batchBytesMax() - TxnLog.ENTRY_HEADER_BYTES;
        try (ChronicleTxnLog log = LogFixture.open(temp, large)) {
            append(log, 1, 1);
            LogBatch batch = new LogBatch(large.batchBytesMax(), 1);
            assertThat(batch.add(2, new UnsafeBuffer(content(2, entry)), 0, entry))
                    .isTrue();
            batch.appendTo(log);
            append(log, 3, 3);
        }
        assertThat(replayed(LogHistory.read(temp), 0)).isEqualTo(zxids(1, 3));
    }

    private static long allocatedBytes(Path file) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        stat.waitFor();
        return 512 * Long.parseLong(blocks.trim());
    }

    /** Fills the disk behind the log's back and writes until the log refuses; says how that went. */
    static final class DiskFiller {
        public static void main(String[] args) throws Exception {
            Path disk = Path.of(args[0]);
            LogSettings settings = new LogSettings(1 << 20, 1 << 20, 0, true, 20);
            long zxid = 0;
            try (ChronicleTxnLog log = LogFixture.open(disk.resolve("log"), settings)) {
                append(log, ++zxid, zxid, 1000);
                log.sync();
                await().until(log::hasSpace);
                fill(disk.resolve("junk"));
                await().until(() -> !log.hasSpace());
                System.out.println("space false");
                try {
                    while (zxid < 10_000) {
                        append(log, zxid + 1, zxid + 1, 1000);
                        log.sync();
                        zxid++;
                    }
                } catch (LogException e) {
                    System.out.println("refused: " + e.getMessage());
                }
            }
            Files.delete(disk.resolve("junk"));
            try (ChronicleTxnLog log = LogFixture.open(disk.resolve("log"), settings)) {
                System.out.println("all there: " + replayed(log, 0).equals(zxids(1, zxid)) + ", " + zxid);
                append(log, zxid + 1, zxid + 1, 1000);
                log.sync();
                System.out.println("writes again: " + log.hasSpace());
            }
        }

        private static void fill(Path junk) throws IOException {
            try (var out = Files.newOutputStream(junk)) {
                for (int size = 1 << 16; size > 0; size /= 2) {
                    writeWhileItGoes(out, size);
                }
            }
        }

        private static void writeWhileItGoes(OutputStream out, int size) {
            try {
                while (true) {
                    out.write(new byte[size]);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("space");
            }
        }
    }

    @Test
    void aFullFileSystemIsARefusalAndNeverACrash() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()),
                "mounting is not possible");
        try {
            ChildJvm.Result result = ChildJvm.run(temp, List.of(), DiskFiller.class, disk.toString());
            assertThat(result.output())
                    .contains("space false")
                    .contains("refused: no space for segment 3")
                    .contains("all there: true")
                    .contains("writes again: true");
            assertThat(result.exitCode()).isZero();
        } finally {
            command("umount", disk.toString());
        }
    }

    private static boolean command(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
