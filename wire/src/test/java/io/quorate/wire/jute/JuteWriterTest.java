package io.quorate.wire.jute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.jute.BinaryOutputArchive;
import org.junit.jupiter.api.Test;

class JuteWriterTest {
    @Test
    void writesNumbersBigEndian() {
        assertThat(hex(writer -> {
                    writer.writeByte((byte) -1);
                    writer.writeBoolean(true);
                    writer.writeBoolean(false);
                    writer.writeInt(0x01020304);
                    writer.writeLong(0x0102030405060708L);
                }))
                .isEqualTo("ff" + "01" + "00" + "01020304" + "0102030405060708");
    }

    @Test
    void nullAndEmptyAreDifferent() {
        assertThat(hex(writer -> {
                    writer.writeBuffer(null);
                    writer.writeBuffer(new byte[0]);
                    writer.writeString(null);
                    writer.writeString("");
                    writer.writeStrings(null);
                    writer.writeStrings(List.of());
                }))
                .isEqualTo("ffffffff00000000".repeat(3));
    }

    @Test
    void writesListsElementByElement() {
        assertThat(hex(writer -> writer.writeStrings(Arrays.asList("/a", null))))
                .isEqualTo("00000002" + "000000022f61" + "ffffffff");
    }

    @Test
    void encodesEachCodeUnitByItself() {
        assertThat(hex(writer -> writer.writeString("\ud83d\ude00"))).isEqualTo("00000006" + "eda0bdedb880");
        assertThat(hex(writer -> writer.writeString("a\0\u00e9\u0800")))
                .isEqualTo("00000007" + "61" + "00" + "c3a9" + "e0a080");
    }

    @Test
    void writesEveryStringAsTheReferenceDoes() throws IOException {
        Random random = Seed.random(JuteWriter.class);
        int[] bounds = {0x80, 0x100, 0x800, 0xe000, 0x10000};
        for (int round = 0; round < 20 * Seed.ROUNDS; round++) {
            int bound = bounds[random.nextInt(bounds.length)];
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append((char) random.nextInt(bound));
            }
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            BinaryOutputArchive.getArchive(expected).writeString(text.toString(), "text");
            assertThat(hex(writer -> writer.writeString(text.toString())))
                    .as(Seed.replay(JuteWriterTest.class, text))
                    .isEqualTo(Hex.text(expected.toByteArray()));
        }
    }

    @Test
    void aLengthCanBeFilledInAfterwards() {
        assertThat(hex(writer -> {
                    int lengthAt = writer.position();
                    writer.position(lengthAt + Integer.BYTES);
                    writer.writeString("/a");
                    writer.writeInt(lengthAt, writer.position() - lengthAt - Integer.BYTES);
                    writer.writeByte((byte) 9);
                }))
                .isEqualTo("00000006" + "000000022f61" + "09");
    }

    @Test
    void theEndOfAFixedBufferIsNotCrossed() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[6]);
        JuteWriter writer = new JuteWriter().wrap(buffer, 0);
        assertThatThrownBy(() -> writer.writeLong(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> writer.writeString("abc")).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> writer.wrap(buffer, 0).writeString("\u4e2d"))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static String hex(java.util.function.Consumer<JuteWriter> write) {
        return Hex.text(Codec.encode(write));
    }
}
