package io.quorate.wire.jute;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Owns the position of one writing pass into a buffer (client-protocol section 2).
 *
 * <p>Relies on the buffer to grow or to throw {@link IndexOutOfBoundsException} at its end. Reusable: {@link #wrap} starts the
 * next pass. Not safe for use by several threads.
 */
public final class JuteWriter {
    private static final int ASCII_LIMIT = 0x80;
    private static final int TWO_BYTES_LIMIT = 0x800;

    private MutableDirectBuffer buffer;
    private int position;

    /** Starts writing at {@code offset}. The buffer is borrowed until the next wrap. */
    public JuteWriter wrap(MutableDirectBuffer buffer, int offset) {
        this.buffer = buffer;
        this.position = offset;
        return this;
    }

    /** Index in the wrapped buffer of the next byte. */
    public int position() {
        return position;
    }

    /** Moves to an index in the wrapped buffer, to leave room or to take something back. */
    public JuteWriter position(int index) {
        position = index;
        return this;
    }

    /** One byte. */
    public void writeByte(byte value) {
        buffer.putByte(position, value);
        position += Byte.BYTES;
    }

    /** One byte, 1 or 0. */
    public void writeBoolean(boolean value) {
        writeByte(value ? (byte) 1 : (byte) 0);
    }

    /** Four bytes, big-endian. */
    public void writeInt(int value) {
        buffer.putInt(position, value, BIG_ENDIAN);
        position += Integer.BYTES;
    }

    /** Four bytes, big-endian, at an index of the buffer; the position stays. For lengths that are known only afterwards. */
    public void writeInt(int index, int value) {
        buffer.putInt(index, value, BIG_ENDIAN);
    }

    /** Eight bytes, big-endian. */
    public void writeLong(long value) {
        buffer.putLong(position, value, BIG_ENDIAN);
        position += Long.BYTES;
    }

    /** Length and bytes; null is length -1. */
    public void writeBuffer(byte[] bytesOrNull) {
        if (bytesOrNull == null) {
            writeInt(-1);
            return;
        }
        writeInt(bytesOrNull.length);
        buffer.putBytes(position, bytesOrNull);
        position += bytesOrNull.length;
    }

    /**
     * Byte length and characters; null is length -1. Each UTF-16 code unit is encoded by itself, so what lies outside the
     * basic plane leaves as two sequences of three bytes: the reference writes so, and clients compare bytes.
     */
    public void writeString(String valueOrNull) {
        if (valueOrNull == null) {
            writeInt(-1);
        } else if (isAscii(valueOrNull)) {
            writeInt(valueOrNull.length());
            position += buffer.putStringWithoutLengthAscii(position, valueOrNull);
        } else {
            writeCodeUnits(valueOrNull);
        }
    }

    /** Bytes as they are, without a length. */
    public void writeRaw(byte[] bytes) {
        buffer.putBytes(position, bytes);
        position += bytes.length;
    }

    /** Count and strings; null is count -1. */
    public void writeStrings(List<String> stringsOrNull) {
        if (stringsOrNull == null) {
            writeInt(-1);
            return;
        }
        writeInt(stringsOrNull.size());
        for (String string : stringsOrNull) {
            writeString(string);
        }
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= ASCII_LIMIT) {
                return false;
            }
        }
        return true;
    }

    private void writeCodeUnits(String value) {
        int lengthAt = position;
        writeInt(0);
        for (int i = 0; i < value.length(); i++) {
            writeCodeUnit(value.charAt(i));
        }
        writeInt(lengthAt, position - lengthAt - Integer.BYTES);
    }

    private void writeCodeUnit(char unit) {
        if (unit < ASCII_LIMIT) {
            writeByte((byte) unit);
        } else if (unit < TWO_BYTES_LIMIT) {
            writeByte((byte) (0xc0 | unit >> 6));
            writeByte(continuation(unit));
        } else {
            writeByte((byte) (0xe0 | unit >> 12));
            writeByte(continuation(unit >> 6));
            writeByte(continuation(unit));
        }
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }
}
