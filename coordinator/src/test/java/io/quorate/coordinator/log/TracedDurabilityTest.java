package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static io.quorate.coordinator.log.LogFixture.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link DurabilityTest}, seen from the system: by the calls that strace reports. */
final class TracedDurabilityTest {

    private static final int BATCHES = 200;

    @TempDir
    private Path temp;

    /** Writes batches and says so after each: a line on standard output is a system call in the same trace. */
    static final class Writer {
        public static void main(String[] args) {
            LogSettings settings = new LogSettings(
                    SMALL.segmentBytes(), 0, 0, Boolean.parseBoolean(args[1]), SMALL.spaceCheckMillis());
            LogQueue queue = new LogQueue(1 << 16, 2048);
            LogListener listener = new RecordingListener() {
                @Override
                public void onLogFlushed(long lastZxid) {
                    System.out.println("FLUSHED " + lastZxid);
                }
            };
            TxnLog log = LogFixture.open(Path.of(args[0]), settings);
            System.out.println("OPENED");
            long base = log.replay(0, (zxid, buffer, offset, length) -> {});
            LogAgent agent =
                    new LogAgent(log, new EpochFiles(Path.of(args[0])), queue, listener, settings.batchBytesMax());
            for (long zxid = base + 1; zxid <= base + 3 * BATCHES; zxid++) {
                queue.append(zxid, new UnsafeBuffer(content(zxid, 600)), 0, 600);
                if (zxid % 3 == 0) {
                    agent.doWork();
                }
            }
            Runtime.getRuntime().halt(0);
        }
    }

    @BeforeEach
    void requireStrace() {
        boolean installed = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strace")));
        assumeTrue(installed, "strace is not installed");
    }

    private List<String> trace(boolean sync) throws IOException, InterruptedException {
        Path trace = temp.resolve("trace.txt");
        ChildJvm.Result result = ChildJvm.run(
                temp,
                List.of("strace", "-f", "-y", "-e", "trace=msync,fsync,fdatasync,write", "-o", trace.toString()),
                Writer.class,
                temp.resolve("log").toString(),
                Boolean.toString(sync));
        assertThat(result.output()).contains("FLUSHED " + 3 * BATCHES);
        return Files.readAllLines(trace);
    }

    /** How many acknowledgements were written without a successful msync by the same thread since the one before. */
    private static int unsynced(List<String> trace) {
        String thread = trace.stream()
                .filter(line -> line.contains("\"FLUSHED "))
                .findFirst()
                .orElseThrow()
                .split(" ", 2)[0];
        int unsynced = 0;
        int acknowledgements = 0;
        boolean synced = false;
        for (String line : trace) {
            if (line.startsWith(thread + " ") && line.contains("msync") && line.endsWith("= 0")) {
                synced = true;
            } else if (line.contains("\"FLUSHED ")) {
                acknowledgements++;
                unsynced += synced ? 0 : 1;
                synced = false;
            }
        }
        assertThat(acknowledgements).isEqualTo(BATCHES);
        return unsynced;
    }

    @Test
    void eachAcknowledgementFollowsAnMsync() throws Exception {
        assertThat(unsynced(trace(true))).isZero();
    }

    @Test
    void theCheckFailsWhenSyncDoesNothing() throws Exception {
        assertThat(unsynced(trace(false))).isGreaterThan(BATCHES / 2);
    }

    @Test
    void whatAnEarlierProcessLeftIsSyncedBeforeItCounts() throws Exception {
        try (ChronicleTxnLog log = LogFixture.open(temp.resolve("log"), SMALL)) {
            append(log, 1, 1);
            log.roll();
            append(log, 2, 3);
        }
        List<String> trace = traceWithoutCheck();
        int opened = 0;
        while (!trace.get(opened).contains("\"OPENED")) {
            opened++;
        }
        assertThat(trace.subList(0, opened))
                .anyMatch(line -> line.contains("fsync(") && line.contains("00000001.cq4"))
                .anyMatch(line -> line.contains("fsync(") && line.contains("00000002.cq4"));
    }

    private List<String> traceWithoutCheck() throws IOException, InterruptedException {
        Path trace = temp.resolve("trace.txt");
        ChildJvm.Result result = ChildJvm.run(
                temp,
                List.of("strace", "-f", "-y", "-e", "trace=msync,fsync,fdatasync,write", "-o", trace.toString()),
                Writer.class,
                temp.resolve("log").toString(),
                "true");
        assertThat(result.output()).contains("OPENED");
        return Files.readAllLines(trace);
    }
}
