package io.quorate.wire.txn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.Acl;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transaction logs that 3.9.5 servers wrote (storage-formats sections 3 and 4). */
class TxnLogFixtureTest {
    private static final String BASIC = "basic.log.100000001";
    private static final String VARIETY = "variety.log.100000001";
    private static final int MAGIC = 0x5a4b4c47;
    private static final byte END_OF_RECORD = 0x42;

    @ParameterizedTest
    @ValueSource(strings = {BASIC, VARIETY})
    void everyEntryIsUnderstoodAndEncodedToTheSameBytes(String log) throws IOException {
        for (byte[] payload : payloads(log)) {
            JuteReader reader = Codec.reader(payload);
            TxnEntry entry = TxnEntry.read(reader);
            assertThat(reader.remaining()).as(entry.toString()).isZero();
            // A failed request changes nothing, so the reference writes no digest for it.
            boolean failed = entry.txn() instanceof ErrorTxn;
            assertThat(entry.digest() == null).as(entry.toString()).isEqualTo(failed);
            assertThat(Hex.text(Codec.encode(entry))).as(entry.toString()).isEqualTo(Hex.text(payload));
        }
    }

    @Test
    void theBasicLogHoldsTheseTransactions() throws IOException {
        List<TxnEntry> entries = entries(BASIC);
        assertThat(entries)
                .extracting(entry -> entry.header().type())
                .containsExactly(-10, 1, -1, 1, 1, 5, -10, -11, -11, -10, 1, 1, 1, -11);
        assertThat(entries).extracting(entry -> entry.header().zxid()).isEqualTo(zxids(entries.size()));
        CreateTxn create = (CreateTxn) entries.get(1).txn();
        assertThat(create.path()).isEqualTo("/a");
        assertThat(create.data()).asString(UTF_8).isEqualTo("hello");
        assertThat(create.acl()).isEqualTo(Acl.OPEN_UNSAFE);
        assertThat(create.ephemeral()).isFalse();
        assertThat(create.parentCversion()).isEqualTo(1);
        assertThat(entries.get(1).digest()).isEqualTo(new TxnDigest(2, 0x21f26e7a2L));
        assertThat(entries.get(8).txn()).isEqualTo(new CloseSessionTxn(List.of()));
    }

    @Test
    void theVarietyLogHoldsEveryKindOfTransaction() throws IOException {
        List<TxnEntry> entries = entries(VARIETY);
        assertThat(entries)
                .extracting(entry -> entry.header().type())
                .containsExactly(-10, 1, 21, 19, 15, 1, 14, 14, 7, 1, -11, -10, -10, 16, 16, -10, 16);
        assertThat(entries).extracting(entry -> entry.header().zxid()).isEqualTo(zxids(entries.size()));
        CreateTtlTxn ttl = (CreateTtlTxn) entries.get(2).txn();
        assertThat(ttl.path()).isEqualTo("/ttl");
        assertThat(ttl.ttlMillis()).isEqualTo(60_000);
        CreateContainerTxn container = (CreateContainerTxn) entries.get(3).txn();
        assertThat(container.path()).isEqualTo("/cont");
        assertThat(container.parentCversion()).isEqualTo(3);
        assertThat(entries.get(8).txn()).isEqualTo(new SetAclTxn("/t1", Acl.READ_UNSAFE, 1));
        assertThat(((CreateTxn) entries.get(9).txn()).ephemeral()).isTrue();
        assertThat(entries.get(10).txn()).isEqualTo(new CloseSessionTxn(List.of("/eph1")));
        SetDataTxn config = (SetDataTxn) entries.get(16).txn();
        assertThat(config.path()).isEqualTo("/zookeeper/config");
        assertThat(config.version()).isEqualTo(-1);
        assertThat(config.data()).asString(UTF_8).startsWith("server.1=").endsWith("version=100000011");
    }

    @Test
    void aMultiHoldsItsPartsAndAFailedOneItsErrors() throws IOException {
        MultiTxn done = (MultiTxn) entries(VARIETY).get(6).txn();
        assertThat(done.txns()).extracting(SubTxn::type).containsExactly(13, 1, 5, 2);
        assertThat(done.txns().get(0).txn()).isEqualTo(new CheckVersionTxn("/t1", 1));
        assertThat(done.txns().get(3).txn()).isEqualTo(new DeleteTxn("/t2"));
        MultiTxn failed = (MultiTxn) entries(VARIETY).get(7).txn();
        assertThat(failed.txns()).extracting(SubTxn::type).containsExactly(1, -1, -1);
        assertThat(((CreateTxn) failed.txns().get(0).txn()).path()).isEqualTo("/mm2");
        assertThat(failed.txns().get(1).txn()).isEqualTo(new ErrorTxn(-103));
        assertThat(failed.txns().get(2).txn()).isEqualTo(new ErrorTxn(-2));
    }

    private static List<Long> zxids(int count) {
        List<Long> zxids = new ArrayList<>();
        for (long zxid = 0x100000001L; zxids.size() < count; zxid++) {
            zxids.add(zxid);
        }
        return zxids;
    }

    private static List<TxnEntry> entries(String log) throws IOException {
        return payloads(log).stream()
                .map(payload -> TxnEntry.read(Codec.reader(payload)))
                .toList();
    }

    private static List<byte[]> payloads(String log) throws IOException {
        JuteReader reader = Codec.reader(file(log));
        assertThat(reader.readInt()).isEqualTo(MAGIC);
        assertThat(reader.readInt()).isEqualTo(2);
        assertThat(reader.readLong()).isZero();
        List<byte[]> payloads = new ArrayList<>();
        for (long checksum = reader.readLong(); checksum != 0; checksum = reader.readLong()) {
            byte[] payload = reader.readBuffer();
            Adler32 adler = new Adler32();
            adler.update(payload);
            assertThat(adler.getValue()).isEqualTo(checksum);
            assertThat(reader.readByte()).isEqualTo(END_OF_RECORD);
            payloads.add(payload);
        }
        return payloads;
    }

    private static byte[] file(String log) throws IOException {
        try (InputStream in = TxnLogFixtureTest.class.getResourceAsStream("/logs/" + log)) {
            return in.readAllBytes();
        }
    }
}
