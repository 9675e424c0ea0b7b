package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Recovery;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to the bytes of a file, it is refused or read as it was written. */
final class DamagedSnapshotTest {

    private static final int SECTIONS_BYTES = 54;
    private static final int LAST_ZXID_BYTES = 21;

    @TempDir
    Path folder;

    private SnapshotFile written(Compression compression) {
        DirectSnapshot out = new DirectSnapshot(zxid -> SnapshotFile.in(folder, zxid, compression));
        TestServer server = new TestServer(out);
        Client client = server.connect();
        for (int i = 0; i < 8; i++) {
            List<Acl> acl = List.of(new Acl(Acl.READ, new Identity("ip", "10.0.0." + i)));
            server.request(client, OpCode.CREATE, new CreateRequest("/n" + i, new byte[9 * i], acl, i % 2));
        }
        server.replayed(server.lastZxid(), out).writeSnapshot();
        return out.written();
    }

    /** Into a core as well: nothing but the one exception may come out of it. */
    private static StoredState read(SnapshotFile file) throws IOException {
        Recovery recovery = new Core(TestServer.settings(true), new TestServer(null), null).recovery();
        recovery.reset();
        RecoveryTarget.read(file, recovery);
        StoredState state = new StoredState();
        SnapshotReader.read(file, state);
        return state;
    }

    @ParameterizedTest
    @EnumSource
    void everyFlippedByteIsFoundOrChangesNothing(Compression compression) throws IOException {
        SnapshotFile file = written(compression);
        byte[] bytes = Files.readAllBytes(file.path());
        StoredState whole = read(file);
        int found = 0;

        for (int i = 0; i < bytes.length; i++) {
            for (int mask : new int[] {0x01, 0xFF}) {
                bytes[i] ^= (byte) mask;
                Files.write(file.path(), bytes);
                try {
                    assertThat(read(file)).as("byte " + i).isEqualTo(whole);
                } catch (SnapshotDamagedException e) {
                    assertThat(e).hasMessageContaining(file.path().getFileName().toString());
                    found++;
                }
                bytes[i] ^= (byte) mask;
            }
        }
        // In a compressed file a flip may hit what nobody reads, or say the same in another way.
        int all = 2 * bytes.length;
        assertThat(found).isBetween(compression == Compression.NONE ? all : all * 9 / 10, all);
    }

    @ParameterizedTest
    @EnumSource
    void everyShorterLengthIsFound(Compression compression) throws IOException {
        SnapshotFile file = written(compression);
        byte[] bytes = Files.readAllBytes(file.path());
        StoredState whole = read(file);

        for (int length = 0; length < bytes.length; length++) {
            Files.write(file.path(), Arrays.copyOf(bytes, length));
            boolean anOlderForm = compression == Compression.NONE
                    && (length == bytes.length - SECTIONS_BYTES || length == bytes.length - LAST_ZXID_BYTES);
            if (anOlderForm) {
                assertThat(read(file)).isEqualTo(whole);
            } else {
                assertThatThrownBy(() -> read(file))
                        .as("length " + length)
                        .isInstanceOf(SnapshotDamagedException.class);
            }
        }
    }

    @Test
    void bytesBehindTheEndAreFound() throws IOException {
        SnapshotFile file = written(Compression.NONE);
        byte[] bytes = Files.readAllBytes(file.path());
        for (int more : new int[] {1, 21, 33, 54, 5000}) {
            Files.write(file.path(), Arrays.copyOf(bytes, bytes.length + more));
            assertThatThrownBy(() -> read(file)).isInstanceOf(SnapshotDamagedException.class);
        }
    }

    @Test
    void aSnapshotWithoutOptionalSectionsIsRead() throws IOException {
        SnapshotFile file = written(Compression.NONE);
        byte[] bytes = Files.readAllBytes(file.path());
        Files.write(file.path(), Arrays.copyOf(bytes, bytes.length - SECTIONS_BYTES));

        SnapshotSummary summary = SnapshotReader.read(file, new NoTarget());

        assertThat(summary.digestZxid()).isEqualTo(-1);
        assertThat(summary.lastZxid()).isEqualTo(-1);
    }

    @Test
    void aSnapshotWithADigestAlone() throws IOException {
        SnapshotFile file = written(Compression.NONE);
        byte[] bytes = Files.readAllBytes(file.path());
        Files.write(file.path(), Arrays.copyOf(bytes, bytes.length - LAST_ZXID_BYTES));

        SnapshotSummary summary = SnapshotReader.read(file, new NoTarget());

        assertThat(summary.digestZxid()).isEqualTo(file.zxid());
        assertThat(summary.lastZxid()).isEqualTo(-1);
    }

    @Test
    void aSnapshotWithALastZxidAloneIsRead() throws IOException {
        SnapshotFile file = written(Compression.NONE);
        byte[] bytes = Files.readAllBytes(file.path());
        ByteBuffer form = ByteBuffer.allocate(bytes.length - SECTIONS_BYTES + LAST_ZXID_BYTES);
        form.put(bytes, 0, bytes.length - SECTIONS_BYTES).putLong(77);
        Adler32 sum = new Adler32();
        sum.update(form.array(), 0, form.position());
        form.putLong(sum.getValue()).putInt(1).put((byte) '/');
        Files.write(file.path(), form.array());

        SnapshotSummary summary = SnapshotReader.read(file, new NoTarget());

        assertThat(summary.digestZxid()).isEqualTo(-1);
        assertThat(summary.lastZxid()).isEqualTo(77);
    }

    @Test
    void aDigestOfAnOldVersionIsTextAndNotCompared() throws IOException {
        SnapshotFile file = written(Compression.NONE);
        byte[] bytes = Files.readAllBytes(file.path());
        ByteBuffer form = ByteBuffer.allocate(bytes.length - SECTIONS_BYTES + 31);
        form.put(bytes, 0, bytes.length - SECTIONS_BYTES).putLong(9).putInt(1);
        form.putInt(2).put((byte) 'a').put((byte) 'b');
        Adler32 sum = new Adler32();
        sum.update(form.array(), 0, form.position());
        form.putLong(sum.getValue()).putInt(1).put((byte) '/');
        Files.write(file.path(), form.array());

        assertThat(SnapshotReader.read(file, new NoTarget()).digestZxid()).isEqualTo(-1);
    }
}
