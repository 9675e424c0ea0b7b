package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static io.quorate.coordinator.log.LogFixture.replayed;
import static io.quorate.coordinator.log.LogFixture.zxids;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The last batch is damaged at every place that matters; what was before it must survive, none of it may be invented, and the
 * log must go on from there.
 */
final class TornTailTest {

    private static final int BATCH_ENTRIES = 40;
    private static final int BATCH_BYTES = LogRecord.sizeBytes(BATCH_ENTRIES * (TxnLog.ENTRY_HEADER_BYTES + 20));

    @TempDir
    private Path temp;

    /** One way to damage the bytes from start to end. */
    private interface Damage {
        byte[] apply(byte[] file, int at, int end);
    }

    private static byte[] flip(byte[] file, int at, int end) {
        byte[] damaged = file.clone();
        damaged[at] ^= 0x40;
        return damaged;
    }

    private static byte[] zeroFrom(byte[] file, int at, int end) {
        byte[] damaged = file.clone();
        Arrays.fill(damaged, at, end, (byte) 0);
        return damaged;
    }

    private static byte[] zeroUntil(byte[] file, int at, int end) {
        byte[] damaged = file.clone();
        Arrays.fill(damaged, end - BATCH_BYTES - Integer.BYTES, at + 1, (byte) 0);
        return damaged;
    }

    private static byte[] truncate(byte[] file, int at, int end) {
        return Arrays.copyOf(file, at);
    }

    @Test
    void aTornLastBatchIsLeftOutWhole() throws IOException {
        Path original = temp.resolve("original");
        int end = writeThreeBatches(original);
        int start = end - BATCH_BYTES - Integer.BYTES;
        Set<Integer> places = new TreeSet<>();
        for (int i = start; i < start + Integer.BYTES + LogRecord.HEADER_BYTES + 40; i++) {
            places.add(i);
        }
        for (int i = start; i < end; i += 97) {
            places.add(i);
        }
        for (int i = end - 20; i < end; i++) {
            places.add(i);
        }
        List<Damage> kinds =
                List.of(TornTailTest::flip, TornTailTest::zeroFrom, TornTailTest::zeroUntil, TornTailTest::truncate);
        int checked = 0;
        for (int place : places) {
            for (Damage damage : kinds) {
                checked += check(original, place, end, damage) ? 1 : 0;
            }
        }
        assertThat(checked).isGreaterThan(places.size() * 3);
    }

    private int writeThreeBatches(Path directory) throws IOException {
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            for (int batch = 0; batch < 3; batch++) {
                append(log, batch * 100L + 1, batch * 100L + BATCH_ENTRIES);
                log.sync();
            }
        }
        Path file = SegmentFile.list(directory).get(0).file();
        try (SegmentReader reader = new SegmentReader(file)) {
            while (reader.next() != null) {}
            return (int) reader.position();
        }
    }

    /** False if this damage changes nothing there, so that there is nothing to see. */
    private boolean check(Path original, int place, int end, Damage damage) throws IOException {
        Path file = SegmentFile.list(original).get(0).file();
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = damage.apply(whole, place, end);
        if (Arrays.equals(whole, damaged)) {
            return false;
        }
        Path copy = temp.resolve("copy");
        copyTree(original, copy);
        Files.write(copy.resolve(original.relativize(file)), damaged);
        List<Long> two = zxids(1, BATCH_ENTRIES);
        two.addAll(zxids(101, 100 + BATCH_ENTRIES));
        String where = "damage at " + (place - (end - BATCH_BYTES - Integer.BYTES)) + " of the record";
        assertThat(LogHistory.read(copy).lastZxid()).as(where).isEqualTo(100 + BATCH_ENTRIES);
        if (place % 16 == 0) {
            goesOnFrom(copy, two, where);
        }
        deleteTree(copy);
        return true;
    }

    private static void goesOnFrom(Path copy, List<Long> valid, String where) {
        try (ChronicleTxnLog log = LogFixture.open(copy, SMALL)) {
            assertThat(replayed(log, 0)).as(where).isEqualTo(valid);
            append(log, 150, 160);
            log.sync();
        }
        List<Long> continued = new ArrayList<>(valid);
        continued.addAll(zxids(150, 160));
        try (ChronicleTxnLog log = LogFixture.open(copy, SMALL)) {
            assertThat(replayed(log, 0)).as(where).isEqualTo(continued);
        }
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
