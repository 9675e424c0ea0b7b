package io.quorate.wire.jute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JuteReaderTest {
    @Test
    void readsNumbersBigEndian() {
        JuteReader reader = reader("7f | 01020304 | fffffffffffffffe");
        assertThat(reader.readByte()).isEqualTo((byte) 0x7f);
        assertThat(reader.readInt()).isEqualTo(0x01020304);
        assertThat(reader.readLong()).isEqualTo(-2);
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void anyByteButZeroIsTrue() {
        JuteReader reader = reader("00 01 02 ff");
        assertThat(reader.readBoolean()).isFalse();
        assertThat(reader.readBoolean()).isTrue();
        assertThat(reader.readBoolean()).isTrue();
        assertThat(reader.readBoolean()).isTrue();
    }

    @Test
    void nullAndEmptyAreDifferent() {
        JuteReader reader = reader("ffffffff 00000000 ffffffff 00000000 ffffffff 00000000");
        assertThat(reader.readBuffer()).isNull();
        assertThat(reader.readBuffer()).isEmpty();
        assertThat(reader.readString()).isNull();
        assertThat(reader.readString()).isEmpty();
        assertThat(reader.readStrings()).isNull();
        assertThat(reader.readStrings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'2f61', /a",
        "'c3a9', \u00e9",
        "'f09f9880', '\ud83d\ude00'",
        "'2fff', '/\ufffd'",
        "'eda0bd', '\ufffd'",
        "'c3', '\ufffd'"
    })
    void readsOrdinaryUtf8AndForgivesTheRest(String hex, String expected) {
        byte[] bytes = Hex.bytes(hex);
        byte[] framed = ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        assertThat(Codec.reader(framed).readString()).isEqualTo(expected);
        UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(framed.length));
        direct.putBytes(0, framed);
        assertThat(new JuteReader().wrap(direct, 0, framed.length).readString()).isEqualTo(expected);
    }

    @Test
    void readsLongStringsFromDirectMemory() {
        byte[] framed = new byte[4 + 5_000];
        Arrays.fill(framed, (byte) 'x');
        ByteBuffer.wrap(framed).putInt(5_000);
        UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(framed.length));
        direct.putBytes(0, framed);
        assertThat(new JuteReader().wrap(direct, 0, framed.length).readString()).isEqualTo("x".repeat(5_000));
    }

    @Test
    void readsFromTheMiddleOfASharedArray() {
        byte[] array = Hex.bytes("aaaaaaaa | 00000002 2f61 | bbbb");
        UnsafeBuffer part = new UnsafeBuffer(array, 3, 8);
        assertThat(new JuteReader().wrap(part, 1, 6).readString()).isEqualTo("/a");
        ByteBuffer slice = ByteBuffer.wrap(array).position(4).slice();
        assertThat(new JuteReader().wrap(new UnsafeBuffer(slice), 0, 6).readString())
                .isEqualTo("/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fffffffe", "80000000", "7fffffff", "00000001", "000003e9"})
    void aLengthThatCannotBeIsMalformed(String length) {
        assertMalformed(() -> new JuteReader(1_000).wrap(buffer(length), 0, 4).readBuffer());
        assertMalformed(() -> new JuteReader(1_000).wrap(buffer(length), 0, 4).readString());
        assertMalformed(() -> new JuteReader(1_000).wrap(buffer(length), 0, 4).readNested());
    }

    @Test
    void theGreatestLengthIsInclusive() {
        UnsafeBuffer bytes = buffer("00000003 010203");
        assertThat(new JuteReader(3).wrap(bytes, 0, 7).readBuffer()).containsExactly(1, 2, 3);
        assertMalformed(() -> new JuteReader(2).wrap(bytes, 0, 7).readBuffer());
    }

    @ParameterizedTest
    @CsvSource({"ffffffff, -1", "fffffffe, 0", "80000000, 0", "00000000, 0", "00000002, 2"})
    void aCountIsNullOrPlausible(String count, int expected) {
        assertThat(reader(count + "0000000000000000").readCount(4)).isEqualTo(expected);
    }

    @Test
    void aCountBeyondTheRemainingBytesIsMalformed() {
        assertMalformed(() -> reader("00000003 0000000000000000").readCount(4));
        assertMalformed(() -> reader("7fffffff 0000000000000000").readCount(8));
        assertMalformed(() -> reader("7fffffff 0000000000000000").readStrings());
    }

    @Test
    void neverReadsBehindItsRangeThoughTheBufferGoesOn() {
        UnsafeBuffer bytes = buffer("0000000000000000 0000000000000000");
        JuteReader reader = new JuteReader().wrap(bytes, 4, 3);
        assertMalformed(reader::readInt);
        assertMalformed(reader::readLong);
        assertThat(reader.position()).isEqualTo(4);
        assertThat(reader.readByte()).isZero();
        assertThat(reader.remaining()).isEqualTo(2);
        assertThatThrownBy(() -> reader.wrap(bytes, 10, 7)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aNestedReaderEndsWhereItsBufferDoes() {
        JuteReader reader = reader("00000004 00000007 00000008");
        JuteReader nested = reader.readNested();
        assertThat(nested.readInt()).isEqualTo(7);
        assertMalformed(nested::readByte);
        assertThat(reader.readInt()).isEqualTo(8);
        assertMalformed(() -> reader("ffffffff").readNested());
    }

    @Test
    void canBeMovedInsideItsRangeOnly() {
        JuteReader reader = reader("00000007");
        assertThat(reader.readInt()).isEqualTo(7);
        assertThat(reader.position(0).readInt()).isEqualTo(7);
        assertThatThrownBy(() -> reader.position(5)).isInstanceOf(IndexOutOfBoundsException.class);
        JuteReader middle = new JuteReader().wrap(buffer("0000000000000000"), 4, 4);
        assertThatThrownBy(() -> middle.position(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRefusalCarriesNoStackTrace() {
        assertThatThrownBy(() -> reader("").readByte())
                .isInstanceOfSatisfying(MalformedException.class, e -> assertThat(e.getStackTrace())
                        .isEmpty());
    }

    private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(MalformedException.class);
    }

    private static JuteReader reader(String hex) {
        return Codec.reader(Hex.bytes(hex));
    }

    private static UnsafeBuffer buffer(String hex) {
        return new UnsafeBuffer(Hex.bytes(hex));
    }
}
