package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static io.quorate.coordinator.log.LogFixture.replayed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The power fails at random moments, again and again: whatever the disk then holds, every acknowledged transaction is
 * recovered, none is invented, and the log goes on from there.
 */
final class PowerLossTest {

    private static final int IMAGES = Integer.getInteger("quorate.powerloss.images", 50);
    private static final long SEED = Long.getLong("quorate.powerloss.seed", System.nanoTime());
    private static final Path FOLDER = Path.of("target", "powerloss", Long.toString(SEED));

    private final Thread thread = Thread.currentThread();
    private final Random random = new Random(SEED);

    /** What the log may hold: the state when it was last synced, then the state after each later order. */
    private final List<List<Long>> possible = new ArrayList<>();

    /** Everything up to here is in a snapshot, so to say. */
    private long snapshotZxid;

    @Test
    void everythingAcknowledgedSurvivesAndNothingIsInvented() throws IOException {
        liveAndFail(SMALL, IMAGES);
    }

    @Test
    void aLogThatDoesNotSyncIsFoundOut() throws IOException {
        LogSettings unsynced = new LogSettings(SMALL.segmentBytes(), 0, 0, false, SMALL.spaceCheckMillis());
        assertThatThrownBy(() -> liveAndFail(unsynced, 30))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed " + SEED);
        TornTailTest.deleteTree(FOLDER);
    }

    private void liveAndFail(LogSettings settings, int images) throws IOException {
        String replay = "seed " + SEED + ": mvn -pl coordinator -am test -Dtest=PowerLossTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.powerloss.images=" + IMAGES
                + " -Dquorate.powerloss.seed=" + SEED;
        System.out.println(replay);
        ChronicleSettings.apply();
        possible.add(List.of());
        Path directory = FOLDER.resolve("life-0");
        for (int life = 1; life <= images; life++) {
            Path image = FOLDER.resolve("life-" + life);
            try {
                live(directory, image, life, settings);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("life " + life + ", files in " + FOLDER.toAbsolutePath() + ", " + replay, e);
            }
            TornTailTest.deleteTree(directory);
            directory = image;
        }
        TornTailTest.deleteTree(FOLDER);
    }

    /** Opens, checks, writes for a while, then the power fails. */
    private void live(Path directory, Path image, int life, LogSettings settings) throws IOException {
        PowerLossModel model = new PowerLossModel(directory.toAbsolutePath());
        try (MsyncProbe probe = new MsyncProbe((file, from, to) -> told(model, file, from, to))) {
            probe.fail(0);
            ChronicleTxnLog log = ChronicleTxnLog.open(directory.toAbsolutePath(), settings);
            try {
                model.allSynced();
                recover(log);
                snapshotNowAndThen(log);
                int orders = random.nextInt(40);
                for (int i = 0; i < orders; i++) {
                    order(log, life);
                    model.look();
                }
                Files.createDirectories(image);
                model.fail(image.toAbsolutePath(), random);
            } finally {
                List<List<Long>> before = List.copyOf(possible);
                log.close();
                assertThat(possible).isEqualTo(before);
            }
        }
    }

    /** What Chronicle syncs in the background comes too late to rely on it. */
    private void told(PowerLossModel model, Path file, long from, long to) {
        if (Thread.currentThread() != thread) {
            return;
        }
        try {
            model.synced(file, from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void recover(ChronicleTxnLog log) {
        List<Long> recovered = replayed(log, snapshotZxid);
        assertThat(possible).as("states the log may be in").contains(recovered);
        if (!recovered.isEmpty()) {
            assertThat(log.lastZxid()).isGreaterThanOrEqualTo(recovered.get(recovered.size() - 1));
        }
        possible.clear();
        possible.add(recovered);
    }

    private void snapshotNowAndThen(ChronicleTxnLog log) {
        if (random.nextInt(5) == 0) {
            snapshotZxid = log.lastZxid();
            log.purgeBefore(snapshotZxid);
            possible.clear();
            possible.add(List.of());
        }
    }

    private void order(ChronicleTxnLog log, int life) {
        List<Long> now = new ArrayList<>(possible.get(possible.size() - 1));
        int dice = random.nextInt(20);
        if (dice < 11) {
            long first = log.lastZxid() + 1 + (random.nextInt(5) == 0 ? ((long) life << 32) : 0);
            int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 8);
            append(log, first, first + count - 1, random.nextInt(250));
            now.addAll(LogFixture.zxids(first, first + count - 1));
            possible.add(now);
        } else if (dice < 17) {
            log.sync();
            possible.subList(0, possible.size() - 1).clear();
        } else if (dice < 19) {
            log.roll();
        } else if (!now.isEmpty()) {
            long zxid = now.get(random.nextInt(now.size()));
            log.voidAfter(zxid);
            now.removeIf(later -> later > zxid);
            possible.add(now);
        }
    }
}
