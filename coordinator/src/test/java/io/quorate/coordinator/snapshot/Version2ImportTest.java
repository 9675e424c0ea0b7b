package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.core.Recovery.DigestCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ZooKeeper left on disk is taken over in full, or refused with a reason. */
final class Version2ImportTest {

    @TempDir
    Path folder;

    private Path from;
    private Path to;
    private Path version2;

    @BeforeEach
    void folders() throws IOException {
        from = folder.resolve("from");
        to = folder.resolve("to");
        version2 = Files.createDirectories(from.resolve("version-2"));
    }

    private ImportSummary run() throws ImportException {
        return Version2Import.run(from, null, to, false);
    }

    private Path log(String fixture) throws IOException {
        return Fixtures.copy(fixture, version2.resolve("log.100000001"));
    }

    private void emptySnapshot() throws IOException {
        Fixtures.copy("empty.snapshot.0", version2.resolve("snapshot.0"));
    }

    @Test
    void everyKindOfTransactionIsReplayedAndEveryDigestIsEqual() throws IOException {
        for (String fixture : new String[] {"basic.log.100000001", "variety.log.100000001"}) {
            folders();
            emptySnapshot();
            log(fixture);
            to = folder.resolve(fixture);

            ImportSummary summary = run();

            assertThat(summary.digestCheck()).isEqualTo(DigestCheck.EQUAL);
            assertThat(summary.warnings()).isEmpty();
            assertThat(summary.transactions()).isGreaterThan(5);
            StoredState state = new StoredState();
            SnapshotSummary written = SnapshotReader.read(SnapshotFile.of(summary.snapshot()), state);
            assertThat(written.digest()).isEqualTo(summary.digest());
            assertThat(state.nodes.size() + 1).isEqualTo(summary.nodes());
            assertThat(state.sessions).hasSize(summary.sessions());
        }
    }

    @Test
    void theWholeLogLeadsToTheSameTreeAsALaterSnapshotWithTheRestOfIt() throws IOException {
        emptySnapshot();
        log("basic.log.100000001");
        StoredState replayed = new StoredState();
        SnapshotReader.read(SnapshotFile.of(run().snapshot()), replayed);

        Fixtures.copy("basic.snapshot.10000000c", version2.resolve("snapshot.10000000c"));
        to = folder.resolve("again");
        ImportSummary summary = run();
        StoredState taken = new StoredState();
        SnapshotReader.read(SnapshotFile.of(summary.snapshot()), taken);

        assertThat(summary.transactions()).isEqualTo(2);
        assertThat(summary.digestCheck()).isEqualTo(DigestCheck.EQUAL);
        replayed.nodes.remove("/zookeeper/config");
        taken.nodes.remove("/zookeeper/config");
        assertThat(replayed.nodes).containsExactlyInAnyOrderEntriesOf(taken.nodes);
        assertThat(replayed.sessions).isEqualTo(taken.sessions);
    }

    @Test
    void epochsAreTakenAsTheyAre() throws IOException {
        emptySnapshot();
        Files.writeString(version2.resolve("acceptedEpoch"), "7");
        Files.writeString(version2.resolve("currentEpoch"), "6");

        run();

        assertThat(to.resolve("quorate-1/acceptedEpoch")).hasContent("7");
        assertThat(to.resolve("quorate-1/currentEpoch")).hasContent("6");
    }

    @Test
    void anEpochThatIsNoNumberIsRefused() throws IOException {
        emptySnapshot();
        Files.writeString(version2.resolve("acceptedEpoch"), "x");

        assertThatThrownBy(this::run).isInstanceOf(ImportException.class).hasMessageContaining("acceptedEpoch");
        assertThat(to.resolve("quorate-1")).doesNotExist();
    }

    @Test
    void aTargetThatHoldsDataIsRefused() throws IOException {
        emptySnapshot();
        run();

        assertThatThrownBy(this::run).hasMessageContaining("holds data already");
    }

    @Test
    void aSourceWithoutVersion2IsRefused() {
        from = folder.resolve("elsewhere");

        assertThatThrownBy(this::run).hasMessageContaining("elsewhere").hasMessageContaining("dataDir");
    }

    @Test
    void anEmptySourceIsRefused() {
        assertThatThrownBy(this::run).hasMessageContaining("nothing to import");
    }

    @Test
    void logsWithoutASnapshotNeedTrust() throws IOException {
        log("basic.log.100000001");

        assertThatThrownBy(this::run).hasMessageContaining("snapshot.trust.empty");
        assertThat(Version2Import.run(from, null, to, true).digestCheck()).isEqualTo(DigestCheck.EQUAL);
    }

    @Test
    void aTornLastEntryIsDropped() throws IOException {
        emptySnapshot();
        Path log = log("variety.log.100000001");
        byte[] bytes = Files.readAllBytes(log);
        long whole = run().zxid();

        for (int cut = 1; cut < 60; cut += 7) {
            to = folder.resolve("cut" + cut);
            Files.write(log, Arrays.copyOf(bytes, bytes.length - cut));
            ImportSummary summary = run();
            assertThat(summary.zxid()).isLessThanOrEqualTo(whole);
            assertThat(summary.digestCheck()).isEqualTo(DigestCheck.EQUAL);
        }
    }

    @Test
    void aFlippedByteInAnEntryThatIsWholeIsRefused() throws IOException {
        emptySnapshot();
        Path log = log("variety.log.100000001");
        byte[] bytes = Files.readAllBytes(log);
        bytes[200] ^= 1;
        Files.write(log, bytes);

        assertThatThrownBy(this::run)
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("log.100000001")
                .hasMessageContaining("damaged");
        assertThat(to.resolve("quorate-1")).doesNotExist();
    }

    @Test
    void aLogOfAnotherKindIsRefused() throws IOException {
        emptySnapshot();
        Files.write(version2.resolve("log.1"), new byte[100]);

        assertThatThrownBy(this::run).hasMessageContaining("wrong magic");
    }

    @Test
    void aLogWithoutAByteIsPassedOverOnlyIfItIsTheNewest() throws IOException {
        emptySnapshot();
        log("basic.log.100000001");
        Files.createFile(version2.resolve("log.10000000d"));
        run();

        Files.createFile(version2.resolve("log.1"));
        to = folder.resolve("again");
        assertThatThrownBy(this::run).hasMessageContaining("log.1 has 0 bytes");
    }

    @Test
    void missingTransactionsAreNoticed() throws IOException {
        Fixtures.copy("basic.snapshot.10000000c", version2.resolve("snapshot.10000000c"));
        run();
        to = folder.resolve("again");
        Files.move(version2.resolve("snapshot.10000000c"), version2.resolve("snapshot.ff"));
        log("basic.log.100000001");
        byte[] bytes = Files.readAllBytes(version2.resolve("log.100000001"));
        byte[] without = Arrays.copyOf(bytes, bytes.length);
        int second = 16 + 12 + (bytes[27] & 0xFF) + 1;
        System.arraycopy(bytes, second, without, 16, bytes.length - second);
        Files.write(version2.resolve("log.100000001"), without);

        assertThatThrownBy(this::run).hasMessageContaining("transactions are missing");
    }

    @Test
    void aDamagedSnapshotIsPassedOverIfTheLogBridgesTheGap() throws IOException {
        emptySnapshot();
        Path damaged = Fixtures.copy("basic.snapshot.10000000c", version2.resolve("snapshot.10000000c"));
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[300] ^= 1;
        Files.write(damaged, bytes);

        assertThatThrownBy(this::run).hasMessageContaining("transactions are lost");

        log("basic.log.100000001");
        assertThat(run().zxid()).isEqualTo(0x10000000eL);
    }
}
