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

    /** What the log may say after the power failed: as it was synced last, then after each later order. */
    private final List<State> possible = new ArrayList<>();

    /** Everything up to here is in a durable snapshot, so to say; and in the one before it. */
    private long snapshotZxid;

    private long olderSnapshotZxid;

    /** The valid transactions behind the older snapshot, and where the log ends: a purge takes neither of the two away. */
    private record State(List<Long> zxids, long lastZxid) {

        List<Long> after(long zxid) {
            return zxids.stream().filter(later -> later > zxid).toList();
        }

        /** Without what nobody will ask for again. */
        State from(long zxid) {
            return new State(after(zxid), lastZxid);
        }
    }

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
        possible.add(new State(List.of(), 0));
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
            LogHistory history = LogHistory.read(directory.toAbsolutePath());
            recover(history);
            ChronicleTxnLog log = ChronicleTxnLog.open(history, settings, snapshotZxid);
            try {
                model.allSynced();
                if (random.nextInt(5) == 0) {
                    snapshot(log);
                    log.purgeBefore(snapshotZxid);
                }
                int orders = random.nextInt(random.nextInt(3) == 0 ? 4 : 40);
                for (int i = 0; i < orders; i++) {
                    order(log, life);
                    model.look();
                }
                // So that the seed alone decides, and not whether what is purged in the background is gone by now.
                log.replay(log.lastZxid(), (zxid, buffer, offset, length) -> {});
                Files.createDirectories(image);
                model.fail(image.toAbsolutePath(), random);
            } finally {
                List<State> before = List.copyOf(possible);
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

    private void recover(LogHistory history) {
        State found = state(replayed(history, snapshotZxid), history.lastZxid());
        State recovered = possible.stream()
                .filter(state -> state.from(snapshotZxid).equals(found))
                .findFirst()
                .orElseThrow(() -> new AssertionError("found " + found + ", possible are " + possible));
        onlyAsAWhole(history, recovered);
        possible.clear();
        possible.add(recovered);
    }

    private static State state(List<Long> zxids, long lastZxid) {
        return new State(List.copyOf(zxids), lastZxid);
    }

    /** If the newer snapshot were lost, the log brought the older one forward completely, or said that it cannot. */
    private void onlyAsAWhole(LogHistory history, State recovered) {
        List<Long> replayed;
        try {
            replayed = replayed(history, olderSnapshotZxid);
        } catch (LogDamagedException purged) {
            assertThat(purged).hasMessageContaining("does not continue");
            return;
        }
        assertThat(replayed).isEqualTo(recovered.zxids());
    }

    private void order(ChronicleTxnLog log, int life) {
        State last = possible.get(possible.size() - 1);
        int dice = random.nextInt(22);
        if (dice < 11) {
            long first = log.lastZxid() + 1 + (random.nextInt(5) == 0 ? ((long) life << 32) : 0);
            int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 8);
            append(log, first, first + count - 1, random.nextInt(250));
            List<Long> now = new ArrayList<>(last.zxids());
            now.addAll(LogFixture.zxids(first, first + count - 1));
            possible.add(state(now, log.lastZxid()));
        } else if (dice < 17) {
            sync(log);
        } else if (dice < 19) {
            log.roll();
        } else if (dice < 20) {
            snapshot(log);
        } else if (dice < 21) {
            log.purgeBefore(random.nextBoolean() ? snapshotZxid : olderSnapshotZxid);
        } else {
            voidSome(log, last);
        }
    }

    private void sync(ChronicleTxnLog log) {
        log.sync();
        possible.subList(0, possible.size() - 1).clear();
    }

    /** A snapshot holds what was synced. */
    private void snapshot(ChronicleTxnLog log) {
        sync(log);
        State now = possible.get(0);
        List<Long> since = now.after(snapshotZxid);
        olderSnapshotZxid = snapshotZxid;
        if (!since.isEmpty()) {
            snapshotZxid = random.nextBoolean() ? now.lastZxid() : since.get(random.nextInt(since.size()));
        }
        possible.set(0, now.from(olderSnapshotZxid));
    }

    /** What a snapshot holds is never void. */
    private void voidSome(ChronicleTxnLog log, State last) {
        List<Long> since = last.after(snapshotZxid);
        if (!since.isEmpty()) {
            long zxid = since.get(random.nextInt(since.size()));
            log.voidAfter(zxid);
            possible.add(
                    state(last.zxids().stream().filter(held -> held <= zxid).toList(), zxid));
        }
    }
}
