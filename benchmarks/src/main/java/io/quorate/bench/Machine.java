package io.quorate.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** Describes the machine a comparison ran on, as far as it bears on the figures. */
final class Machine {

    private static final int SYNCS = 300;
    private static final int RECORD_BYTES = 256;

    private Machine() {}

    /** One line of text. {@code folder} is on the file system that the servers write to. */
    static String describe(Path folder) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %s %s, %s %s, %s, a synced write of %d bytes %.0f µs, load average %.2f",
                system.getAvailableProcessors(),
                processor(),
                system.getName(),
                system.getVersion(),
                runtime.getVmName(),
                runtime.getVmVersion(),
                Files.getFileStore(folder).type(),
                RECORD_BYTES,
                syncMicros(folder),
                system.getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return ManagementFactory.getOperatingSystemMXBean().getArch();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown processor");
    }

    /** Median time of a small appended write with its sync. */
    private static double syncMicros(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "sync", ".probe");
        long[] nanos = new long[SYNCS];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(RECORD_BYTES));
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(nanos);
        return nanos[SYNCS / 2] / 1_000.0;
    }
}
