package io.quorate.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Owns an strace that is attached to a running server and writes down its syncs and what it sends. For one thread. */
final class SystemCalls implements AutoCloseable {

    /**
     * What one client was sent.
     *
     * @param withoutSync how many of them left although no sync had completed since the one before
     */
    record Replies(int count, int withoutSync) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CALLS = "trace=msync,fdatasync,fsync,sendto,sendmsg,write,writev";
    private static final Pattern SYNCED = Pattern.compile("(msync|fdatasync|fsync)(\\(| resumed).*= 0$");
    private static final Pattern SENT = Pattern.compile(" (sendto|sendmsg|write|writev)\\(");

    /** Segments made ahead of time are synced too, by a thread of their own: that makes no write durable. */
    private static final String AHEAD = ".precreated";

    private final Process strace;
    private final Path trace;

    private SystemCalls(Process strace, Path trace) {
        this.strace = strace;
        this.trace = trace;
    }

    /** Skips the calling test, with the reason, where strace is not installed or may not attach. */
    static void requireStrace() throws InterruptedException {
        int exit;
        try {
            exit = new ProcessBuilder("strace", "-V")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            exit = -1;
        }
        skipUnless(exit == 0, "strace is not installed");
    }

    private static void skipUnless(boolean possible, String reason) {
        if (!possible) {
            System.out.println("skipped: " + reason);
        }
        assumeTrue(possible, reason);
    }

    /** Attaches to a process and returns when it is traced; the trace goes to {@code trace}. */
    static SystemCalls of(long pid, Path trace) throws IOException {
        Path said = trace.resolveSibling("strace.err");
        Process strace = new ProcessBuilder(
                        "strace", "-f", "-tt", "-yy", "-e", CALLS, "-o", trace.toString(), "-p", Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> Files.readString(said).contains(" attached") || !strace.isAlive());
        skipUnless(strace.isAlive(), "strace cannot attach: " + Files.readString(said));
        return new SystemCalls(strace, trace);
    }

    /** Reads the trace, which must be complete: {@link #finish} first. */
    Replies repliesTo(int clientPort) throws IOException {
        String client = "->127.0.0.1:" + clientPort + "]";
        String mapped = "->[::ffff:127.0.0.1]:" + clientPort + "]";
        int count = 0;
        int withoutSync = 0;
        boolean synced = false;
        List<String> lines = Files.readAllLines(trace);
        Set<String> others = lines.stream()
                .filter(line -> line.contains(AHEAD))
                .map(SystemCalls::thread)
                .collect(Collectors.toSet());
        for (String line : lines) {
            if (SYNCED.matcher(line).find() && !others.contains(thread(line))) {
                synced = true;
            } else if (SENT.matcher(line).find() && (line.contains(client) || line.contains(mapped))) {
                count++;
                withoutSync += synced ? 0 : 1;
                synced = false;
            }
        }
        return new Replies(count, withoutSync);
    }

    private static String thread(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** Detaches, and the trace is complete. */
    void finish() throws IOException {
        strace.destroy();
        try {
            assertThat(strace.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        finish();
    }
}
