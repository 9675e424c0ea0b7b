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
import java.util.OptionalLong;
import java.util.StringTokenizer;

/** A server to aim at: its address and, if it runs on this machine, its process, whose use of CPU and memory it reads. */
record Target(InetSocketAddress address, OptionalLong pid) {

    /** Linux reports process times in hundredths of a second, whatever the kernel's own tick. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final int USER_TICKS_FIELD = 11;

    /** CPU used so far by the server and by the calling thread. */
    CpuUse cpu() {
        return cpu(List.of(this));
    }

    /** CPU used so far by all these servers, if all their processes are known, and by the calling thread. */
    static CpuUse cpu(List<Target> servers) {
        double driver = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000.0;
        OptionalDouble all = servers.stream().allMatch(each -> each.pid.isPresent())
                ? OptionalDouble.of(servers.stream()
                        .mapToDouble(each -> cpuTicks(each.pid.getAsLong()) * MICROS_PER_TICK)
                        .sum())
                : OptionalDouble.empty();
        return new CpuUse(all, driver);
    }

    /** Resident memory of the server, in bytes. Fails if the process is not known. */
    long residentBytes() {
        Path status = Path.of("/proc", Long.toString(pid.orElseThrow()), "status");
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
            Process process = new ProcessBuilder(jcmd, Long.toString(pid.orElseThrow()), "GC.class_histogram")
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
