package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Recovery;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written, by this server or by a ZooKeeper, is read back in full. */
final class SnapshotReaderTest {

    @TempDir
    Path folder;

    @Test
    void anEmptyMembersSnapshotOfZooKeeperIsRead() throws IOException {
        Path path = Fixtures.copy("empty.snapshot.0", folder.resolve("snapshot.0"));
        StoredState state = new StoredState();

        SnapshotSummary summary = SnapshotReader.read(SnapshotFile.of(path), state);

        assertThat(state.nodes).containsOnlyKeys("", "/zookeeper", "/zookeeper/config", "/zookeeper/quota");
        assertThat(state.nodes.get("/zookeeper/config")).endsWith(Acl.READ_UNSAFE.toString());
        assertThat(summary.digestZxid()).isEqualTo(SnapshotSummary.NO_ZXID);
        assertThat(summary.lastZxid()).isZero();
    }

    @Test
    void aSnapshotOfZooKeeperAfterSynchronisationHasNothingToCompareWith() throws IOException {
        Fixtures.copy("basic.snapshot.10000000c", folder.resolve("snapshot.10000000c"));
        Recovery recovery = new Core(TestServer.settings(true), new TestServer(null), null).recovery();

        SnapshotFiles.Loaded loaded = new SnapshotFiles(folder).load(recovery).orElseThrow();

        assertThat(loaded.summary().lastZxid()).isEqualTo(0x10000000cL);
        assertThat(recovery.finish()).isEqualTo(Recovery.DigestCheck.NONE);
        assertThat(recovery.lastZxid()).isEqualTo(0x10000000cL);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsReadBack(Compression compression) throws IOException {
        DirectSnapshot out = new DirectSnapshot(zxid -> SnapshotFile.in(folder, zxid, compression));
        TestServer server = new TestServer(out);
        var client = server.connect();
        for (int i = 0; i < 5000; i++) {
            server.request(
                    client, OpCode.CREATE, new CreateRequest("/n" + i, new byte[i % 300], Acl.READ_UNSAFE, i % 2));
        }
        server.replayed(server.lastZxid(), out).writeSnapshot();

        StoredState state = new StoredState();
        SnapshotSummary summary = SnapshotReader.read(out.written(), state);

        assertThat(summary.nodes()).isEqualTo(5004);
        assertThat(state.nodes.get("/n77")).contains(Acl.READ_UNSAFE.toString());
        assertThat(state.sessions).hasSize(1);
        assertThat(summary.lastZxid()).isEqualTo(5001);
        assertThat(summary.digestZxid()).isEqualTo(5001);
        assertThat(Files.list(folder)).hasSize(1);

        Recovery recovery = new Core(TestServer.settings(true), server, out).recovery();
        new SnapshotFiles(folder).load(recovery);
        assertThat(recovery.finish()).isEqualTo(Recovery.DigestCheck.EQUAL);
    }
}
