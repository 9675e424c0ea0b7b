package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Measures an append with its sync against a plain write with fdatasync of the same bytes, taking turns so that both meet the
 * same machine. Decides whether the log costs more than the disk. Arguments: a folder on the disk in question, rounds.
 */
final class LogSyncMeasure {

    private static final int ENTRY_BYTES = 256;
    private static final int[] BATCHES = {1, 64, 512};

    private LogSyncMeasure() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "measure");
        int rounds = Integer.parseInt(args[1]);
        try (ChronicleTxnLog log = LogFixture.open(folder.resolve("log"), LogSettings.defaults());
                FileChannel plain = FileChannel.open(
                        folder.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Disk.fill(folder.resolve("allocated"), 256 << 20);
            try (FileChannel allocated = FileChannel.open(folder.resolve("allocated"), StandardOpenOption.WRITE)) {
                new LogSyncMeasure().measure(log, plain, allocated, rounds);
            }
        } finally {
            TornTailTest.deleteTree(folder);
        }
    }

    private long zxid;
    private long plainPosition;
    private long allocatedPosition;

    private void measure(ChronicleTxnLog log, FileChannel plain, FileChannel allocated, int rounds) throws IOException {
        System.out.println("entries  what                           p50 us   p90 us   p99 us  p99.9 us   mean us");
        for (int pass = 0; pass < 2; pass++) {
            for (int entries : BATCHES) {
                long[][] nanos = new long[3][rounds];
                ByteBuffer bytes = ByteBuffer.allocateDirect(entries * (ENTRY_BYTES + TxnLog.ENTRY_HEADER_BYTES));
                for (int i = 0; i < rounds; i++) {
                    nanos[0][i] = appendAndSync(log, entries);
                    nanos[1][i] = writeAndSync(allocated, bytes.clear(), allocatedPosition);
                    allocatedPosition = (allocatedPosition + bytes.capacity()) % (250 << 20);
                    nanos[2][i] = writeAndSync(plain, bytes.clear(), plainPosition);
                    plainPosition += bytes.capacity();
                }
                if (pass == 1) {
                    print(entries, "log: append + sync", nanos[0]);
                    print(entries, "pwrite + fdatasync, allocated", nanos[1]);
                    print(entries, "pwrite + fdatasync, growing", nanos[2]);
                }
            }
        }
    }

    private long appendAndSync(ChronicleTxnLog log, int entries) {
        LogBatch batch = new LogBatch(entries * (ENTRY_BYTES + TxnLog.ENTRY_HEADER_BYTES), entries);
        UnsafeBuffer entry = new UnsafeBuffer(new byte[ENTRY_BYTES]);
        for (int i = 0; i < entries; i++) {
            if (!batch.add(++zxid, entry, 0, ENTRY_BYTES)) {
                throw new IllegalStateException();
            }
        }
        long start = System.nanoTime();
        batch.appendTo(log);
        log.sync();
        return System.nanoTime() - start;
    }

    private static long writeAndSync(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long start = System.nanoTime();
        channel.write(bytes, position);
        channel.force(false);
        return System.nanoTime() - start;
    }

    private static void print(int entries, String what, long[] nanos) {
        Arrays.sort(nanos);
        double mean = Arrays.stream(nanos).average().orElse(0) / 1000;
        System.out.printf(
                Locale.ROOT,
                "%7d  %-30s %7d  %7d  %7d   %7d  %8.0f%n",
                entries,
                what,
                nanos[nanos.length / 2] / 1000,
                nanos[nanos.length * 9 / 10] / 1000,
                nanos[nanos.length * 99 / 100] / 1000,
                nanos[nanos.length * 999 / 1000] / 1000,
                mean);
    }
}
