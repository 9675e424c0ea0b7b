package io.quorate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.StringTokenizer;

/**
 * Servers to aim at: their addresses and, if they run on this machine, their processes, whose use of CPU and memory it reads.
 *
 * @param addresses at least one
 * @param pids of none or of all
 */
record Target(List<InetSocketAddress> addresses, List<Long> pids) {

    /** Linux reports process times in hundredths of a second, whatever the kernel's own tick. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final int USER_TICKS_FIELD = 11;

    /** All servers of several targets as one. */
    static Target all(List<Target> targets) {
        return new Target(
                targets.stream().flatMap(target -> target.addresses.stream()).toList(),
                targets.stream().flatMap(target -> target.pids.stream()).toList());
    }

    /** The first server. */
    InetSocketAddress address() {
        return address(0);
    }

    /** The server of the connection with this number: one after the other. */
    InetSocketAddress address(int connection) {
        return addresses.get(connection % addresses.size());
    }

    /** A session of the connection with this number, which sees what was acknowledged below {@code path} before. */
    Session open(int connection, String path) throws IOException {
        Session session = Session.open(address(connection));
        if (addresses.size() > 1) {
            session.sync(path);
        }
        return session;
    }

    /** CPU used so far by the servers and by the calling thread. */
    CpuUse cpu() {
        double driver = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000.0;
        OptionalDouble server = pids.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(pids.stream().mapToLong(Target::cpuTicks).sum() * MICROS_PER_TICK);
        return new CpuUse(server, driver);
    }

    /** Resident memory of the server, in bytes. Fails if the process is not known. */
    long residentBytes() {
        Path status = Path.of("/proc", Long.toString(pid()), "status");
        String line = lines(status).stream()
                .filter(text -> text.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }

    /** Bytes of live objects on the server's heap, after a full collection. Fails if the process is not a JVM of ours. */
    long liveHeapBytes() {
        String jcmd = Path.of(ProcessHandle.current().info().command().orElse("java"))
                .resolveSibling("jcmd")
                .toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(pid()), "GC.class_histogram")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String total = histogram
                    .lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no histogram from " + jcmd + ": " + histogram));
            StringTokenizer fields = new StringTokenizer(total);
            fields.nextToken();
            fields.nextToken();
            return Long.parseLong(fields.nextToken());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long pid() {
        if (pids.size() != 1) {
            throw new IllegalStateException("not one process, but " + pids);
        }
        return pids.get(0);
    }

    private static long cpuTicks(long pid) {
        String stat = lines(Path.of("/proc", Long.toString(pid), "stat")).get(0);
        StringTokenizer fields = new StringTokenizer(stat.substring(stat.lastIndexOf(')') + 1));
        for (int i = 0; i < USER_TICKS_FIELD; i++) {
            fields.nextToken();
        }
        return Long.parseLong(fields.nextToken()) + Long.parseLong(fields.nextToken());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
