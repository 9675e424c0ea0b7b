package io.quorate.wire.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.Adler32;
import org.apache.jute.BinaryOutputArchive;
import org.apache.zookeeper.txn.CreateTxnV0;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layout of transactions demands beyond "a record is its fields" (storage-formats sections 3.2 and 4). */
class TxnsTest {
    private static final String HEADER = "0100001589a20000 | 00000001 | 0000000100000002 | 000001a1fbaa5d71 |";
    private static final String OPEN = "00000001 0000001f 00000005 776f726c64 00000006 616e796f6e65";
    private static final String DIGEST = "00000002 | 000000021f26e7a2";

    @Test
    void theDocumentedCreateIsReadAndWritten() {
        byte[] payload = Hex.bytes(
                HEADER + "00000001 | 00000002 2f61 | 00000005 68656c6c6f |" + OPEN + "| 00 | 00000001 |" + DIGEST);
        Adler32 adler = new Adler32();
        adler.update(payload);
        assertThat(adler.getValue()).isEqualTo(0x3aab0db7L);
        assertThat(payload).hasSize(0x5b);
        TxnEntry entry = TxnEntry.read(Codec.reader(payload));
        assertThat(entry.header()).isEqualTo(new TxnHeader(0x0100001589a20000L, 1, 0x100000002L, 0x1a1fbaa5d71L, 1));
        assertThat(((CreateTxn) entry.txn()).parentCversion()).isEqualTo(1);
        assertThat(entry.digest()).isEqualTo(new TxnDigest(2, 0x21f26e7a2L));
        assertThat(Codec.encode(entry)).isEqualTo(payload);
    }

    @Test
    void theDocumentedMultiIsReadAndWritten() {
        byte[] bytes = Hex.bytes("00000004"
                + "| 0000000d 0000000b 00000003 2f7431 00000001"
                + "| 00000001 0000002c 00000003 2f6d6d 00000001 71" + OPEN + "00 00000006"
                + "| 00000005 00000012 00000003 2f7431 00000003 6e6577 00000001"
                + "| 00000002 00000007 00000003 2f7432");
        MultiTxn multi = (MultiTxn) Txns.read(14, Codec.reader(bytes));
        assertThat(((CreateTxn) multi.txns().get(1).txn()).acl()).isEqualTo(Acl.OPEN_UNSAFE);
        assertThat(Codec.encode(multi)).isEqualTo(bytes);
    }

    @Test
    void theDocumentedTtlAndContainerAreReadAndWritten() {
        byte[] ttl = Hex.bytes("00000004 2f74746c 00000001 74" + OPEN + "00000002 000000000000ea60");
        assertThat(((CreateTtlTxn) Txns.read(21, Codec.reader(ttl))).ttlMillis())
                .isEqualTo(60_000);
        assertThat(Codec.encode((CreateTtlTxn) Txns.read(21, Codec.reader(ttl))))
                .isEqualTo(ttl);
        byte[] container = Hex.bytes("00000005 2f636f6e74 00000000" + OPEN + "00000003");
        assertThat(((CreateContainerTxn) Txns.read(19, Codec.reader(container))).data())
                .isEmpty();
        assertThat(Codec.encode((CreateContainerTxn) Txns.read(19, Codec.reader(container))))
                .isEqualTo(container);
    }

    @Test
    void aCreateFromBeforeThreeFourHasNoParentCversion() throws IOException {
        ByteArrayOutputStream legacy = new ByteArrayOutputStream();
        new CreateTxnV0("/old", new byte[] {1}, List.of(), true)
                .serialize(BinaryOutputArchive.getArchive(legacy), "txn");
        CreateTxn create = (CreateTxn) Txns.read(1, Codec.reader(legacy.toByteArray()));
        assertThat(create.path()).isEqualTo("/old");
        assertThat(create.ephemeral()).isTrue();
        assertThat(create.parentCversion()).isEqualTo(-1);
    }

    @Test
    void aCloseSessionFromBeforeThreeSixHasNoList() {
        assertThat(Txns.read(-11, Codec.reader(new byte[0]))).isEqualTo(new CloseSessionTxn(null));
        assertThat(Codec.encode(new CloseSessionTxn(null))).isEmpty();
        assertThat(Codec.encode(new CloseSessionTxn(List.of()))).isEqualTo(Hex.bytes("00000000"));
    }

    @Test
    void aCloseSessionWhoseListEndsTooEarlyHasNoListAndLeavesTheDigest() {
        TxnEntry entry = TxnEntry.read(Codec.reader(Hex.bytes(HEADER + "fffffff5 |" + DIGEST)));
        assertThat(entry.txn()).isEqualTo(new CloseSessionTxn(null));
        assertThat(entry.digest()).isEqualTo(new TxnDigest(2, 0x21f26e7a2L));
    }

    @Test
    void whatIsTooShortForADigestIsNone() {
        TxnEntry entry =
                TxnEntry.read(Codec.reader(Hex.bytes(HEADER + "ffffffff | ffffff9b | 0000000000000000000000")));
        assertThat(entry.txn()).isEqualTo(new ErrorTxn(-101));
        assertThat(entry.digest()).isNull();
    }

    @Test
    void whatFollowsTheDigestIsIgnored() {
        TxnEntry entry = TxnEntry.read(Codec.reader(Hex.bytes(HEADER + "ffffffff | ffffff9b |" + DIGEST + "abcdef")));
        assertThat(entry.digest()).isEqualTo(new TxnDigest(2, 0x21f26e7a2L));
    }

    @Test
    void whatFollowsAPartOfAMultiInsideItsBufferIsIgnored() {
        MultiTxn multi = (MultiTxn) Txns.read(
                14,
                Codec.reader(
                        Hex.bytes("00000002 | ffffffff 00000006 ffffff9b abcd | 00000002 00000006 00000002 2f61")));
        assertThat(multi.txns())
                .containsExactly(new SubTxn(-1, new ErrorTxn(-101)), new SubTxn(2, new DeleteTxn("/a")));
    }

    @Test
    void aMultiInsideAMultiAndANullPartAreMalformed() {
        assertMalformed(14, "00000001 | 0000000e 00000004 00000000");
        assertMalformed(14, "00000001 | 00000002 ffffffff");
        assertMalformed(14, "ffffffff");
    }

    @ParameterizedTest
    @ValueSource(ints = {-12, 0, 3, 4, 6, 8, 9, 10, 11, 12, 17, 18, 22, 100, 101, 107, 108, Integer.MIN_VALUE})
    void aTypeThatNoTransactionHasIsMalformed(int type) {
        assertMalformed(type, "00".repeat(64));
    }

    private static void assertMalformed(int type, String hex) {
        assertThatThrownBy(() -> Txns.read(type, Codec.reader(Hex.bytes(hex)))).isInstanceOf(MalformedException.class);
    }
}
