package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which snapshot counts, and which may go. */
final class SnapshotFilesTest {

    @TempDir
    Path folder;

    private SnapshotFiles files;
    private long bytesEach;

    @BeforeEach
    void fiveSnapshots() throws IOException {
        files = new SnapshotFiles(folder);
        for (long zxid : new long[] {0x9, 0xa, 0x10, 0xff, 0x100000001L}) {
            DirectSnapshot out = new DirectSnapshot(ignored -> files.file(zxid));
            new Core(TestServer.settings(true), new TestServer(out), out)
                    .recovery()
                    .writeSnapshot();
        }
        bytesEach = Files.size(files.file(0x10).path());
    }

    private List<Long> zxids() throws IOException {
        return files.list().stream().map(SnapshotFile::zxid).toList();
    }

    private Recovery recovery() {
        return new Core(TestServer.settings(true), new TestServer(null), null).recovery();
    }

    private void damage(long zxid) throws IOException {
        Path path = files.file(zxid).path();
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length / 2] ^= 1;
        Files.write(path, bytes);
    }

    @Test
    void namesThatAreNoSnapshotsAreLeftAlone() throws IOException {
        for (String name : List.of("snapshot.x", "snapshot.", "snapshot.1.zip", "log.1", "snapshot.ffffffffffffffff")) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(zxids()).containsExactly(0x100000001L, 0xffL, 0x10L, 0xaL, 0x9L);

        files.purge(3, 0);

        assertThat(folder.resolve("snapshot.x")).exists();
    }

    @Test
    void theNewestThatIsWholeIsLoaded() throws IOException {
        damage(0x100000001L);
        Files.write(files.file(0xff).path(), new byte[0]);

        SnapshotFiles.Loaded loaded = files.load(recovery()).orElseThrow();

        assertThat(loaded.file().zxid()).isEqualTo(0x10);
        assertThat(loaded.skipped()).extracting(SnapshotFile::zxid).containsExactly(0x100000001L, 0xffL);
    }

    @Test
    void aLogThatEndsBeforeADamagedSnapshotIsALoss() throws IOException {
        damage(0x100000001L);
        SnapshotFiles.Loaded loaded = files.load(recovery()).orElseThrow();

        loaded.requireBridged(0x100000001L);
        assertThatThrownBy(() -> loaded.requireBridged(0xff)).hasMessageContaining("transactions are lost");
    }

    @Test
    void ifNoneIsWholeNothingIsLoaded() throws IOException {
        for (long zxid : zxids()) {
            damage(zxid);
        }
        assertThatThrownBy(() -> files.load(recovery())).hasMessageContaining("none of the 5 snapshots");
        assertThat(files.purge(3, 1)).isEqualTo(-1);
        assertThat(zxids()).hasSize(5);
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() throws IOException {
        assertThat(new SnapshotFiles(folder.resolve("none")).load(recovery())).isEmpty();
        new SnapshotFiles(folder.resolve("none")).removeTemporary();
    }

    @Test
    void aPurgeKeepsTheNewest() throws IOException {
        assertThat(files.purge(4, 0)).isEqualTo(0xa);
        assertThat(zxids()).containsExactly(0x100000001L, 0xffL, 0x10L, 0xaL);
    }

    @Test
    void aPurgeKeepsAtLeastThree() throws IOException {
        assertThat(files.purge(1, 0)).isEqualTo(0x10);
        assertThat(zxids()).hasSize(3);
    }

    @Test
    void aPurgeKeepsToItsBudget() throws IOException {
        assertThat(files.purge(4, 2 * bytesEach + bytesEach / 2)).isEqualTo(0xff);
        assertThat(zxids()).containsExactly(0x100000001L, 0xffL);
    }

    @Test
    void theNewestWholeOneIsKeptWhateverTheBudget() throws IOException {
        damage(0x100000001L);
        damage(0xff);

        assertThat(files.purge(3, 1)).isEqualTo(0x10);
        assertThat(zxids()).containsExactly(0x100000001L, 0xffL, 0x10L);
    }

    @Test
    void unfinishedFilesAreRemovedAtStart() throws IOException {
        Files.createFile(folder.resolve("snapshot.55.snappy.tmp"));
        Files.createFile(folder.resolve("acceptedEpoch.tmp"));

        files.removeTemporary();

        assertThat(folder.resolve("snapshot.55.snappy.tmp")).doesNotExist();
        assertThat(folder.resolve("acceptedEpoch.tmp")).exists();
        assertThat(zxids()).hasSize(5);
    }
}
