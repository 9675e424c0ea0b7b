package io.quorate.wire.jute;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Owns the position of one reading pass over encoded bytes (client-protocol section 2).
 *
 * <p>Reusable: {@link #wrap} starts the next pass. Every read throws {@link MalformedException} when the bytes end too early
 * or a length is impossible, before anything is allocated for it. Not safe for use by several threads.
 */
public final class JuteReader {
    /** The reference's limit for one buffer or string: {@code jute.maxbuffer} and its equally large extra allowance. */
    public static final int LENGTH_MAX_DEFAULT = 2 * 0xfffff;

    private static final int SCRATCH_BYTES = 512;
    private static final byte[] NO_BYTES = {};

    private final int lengthMax;
    private byte[] scratch = NO_BYTES;
    private DirectBuffer buffer;
    private int start;
    private int position;
    private int limit;

    /** A reader with the default limit {@link #LENGTH_MAX_DEFAULT}. */
    public JuteReader() {
        this(LENGTH_MAX_DEFAULT);
    }

    /** @param lengthMax the greatest length in bytes of one buffer or string, inclusive */
    public JuteReader(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    /**
     * Starts reading {@code length} bytes at {@code offset}. The buffer is borrowed; nothing that the reads return refers to it.
     *
     * @throws IndexOutOfBoundsException when the range is not inside the buffer
     */
    public JuteReader wrap(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        this.buffer = buffer;
        this.start = offset;
        this.position = offset;
        this.limit = offset + length;
        return this;
    }

    /** Bytes not yet read. */
    public int remaining() {
        return limit - position;
    }

    /** Index in the wrapped buffer of the next byte. */
    public int position() {
        return position;
    }

    /**
     * Moves to an index in the wrapped buffer, to read something a second time.
     *
     * @throws IndexOutOfBoundsException when the index is outside the wrapped range
     */
    public JuteReader position(int index) {
        if (index < start || index > limit) {
            throw new IndexOutOfBoundsException(index);
        }
        position = index;
        return this;
    }

    /** Skips these bytes if they are what comes next; false, and nothing skipped, if not. */
    public boolean skipIf(byte[] expected) {
        if (remaining() < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (buffer.getByte(position + i) != expected[i]) {
                return false;
            }
        }
        position += expected.length;
        return true;
    }

    /** One byte. */
    public byte readByte() {
        return buffer.getByte(advance(Byte.BYTES));
    }

    /** One byte; any but zero is true, as the reference has it. */
    public boolean readBoolean() {
        return readByte() != 0;
    }

    /** Four bytes, big-endian. */
    public int readInt() {
        return buffer.getInt(advance(Integer.BYTES), BIG_ENDIAN);
    }

    /** Eight bytes, big-endian. */
    public long readLong() {
        return buffer.getLong(advance(Long.BYTES), BIG_ENDIAN);
    }

    /** A length and that many bytes, as a fresh array; null for length -1. Null and empty are different values. */
    public byte[] readBuffer() {
        int length = readLength();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(advance(length), bytes);
        return bytes;
    }

    /** All bytes that are left, as a fresh array: the last field of a record, which has no length. */
    public byte[] readRemaining() {
        byte[] bytes = new byte[remaining()];
        buffer.getBytes(advance(bytes.length), bytes);
        return bytes;
    }

    /** A length and that many bytes of UTF-8; null for length -1. Malformed sequences become U+FFFD and are no error. */
    public String readString() {
        int length = readLength();
        if (length < 0) {
            return null;
        }
        int index = advance(length);
        byte[] array = buffer.byteArray();
        if (array != null) {
            return new String(array, index + buffer.wrapAdjustment(), length, UTF_8);
        }
        byte[] bytes = length <= SCRATCH_BYTES ? scratch() : new byte[length];
        buffer.getBytes(index, bytes, 0, length);
        return new String(bytes, 0, length, UTF_8);
    }

    /**
     * The element count of a vector: -1 for a null vector, 0 for any other negative number.
     *
     * @param elementBytesMin the smallest encoding of one element; a count that cannot fit the remaining bytes is malformed, so
     *     the caller may allocate {@code count} references
     */
    public int readCount(int elementBytesMin) {
        int count = readInt();
        if (count < 0) {
            return count == -1 ? -1 : 0;
        }
        if ((long) count * elementBytesMin > remaining()) {
            throw new MalformedException("vector of " + count + " elements in " + remaining() + " bytes");
        }
        return count;
    }

    /** A vector of strings, unmodifiable; null for a null vector. Elements may be null. */
    public List<String> readStrings() {
        int count = readCount(Integer.BYTES);
        if (count < 0) {
            return null;
        }
        String[] strings = new String[count];
        for (int i = 0; i < count; i++) {
            strings[i] = readString();
        }
        return Collections.unmodifiableList(Arrays.asList(strings));
    }

    /** A reader over the content of the buffer that starts here, which this reader skips; a null buffer is malformed. */
    public JuteReader readNested() {
        int length = readLength();
        if (length < 0) {
            throw new MalformedException("nested record is null");
        }
        return new JuteReader(lengthMax).wrap(buffer, advance(length), length);
    }

    private int readLength() {
        int length = readInt();
        if (length < -1 || length > lengthMax) {
            throw new MalformedException("length " + length + ", limit " + lengthMax);
        }
        if (length > remaining()) {
            throw truncated(length);
        }
        return length;
    }

    private int advance(int bytes) {
        int index = position;
        if (bytes > limit - index) {
            throw truncated(bytes);
        }
        position = index + bytes;
        return index;
    }

    private MalformedException truncated(int bytes) {
        return new MalformedException("truncated: " + bytes + " bytes wanted, " + remaining() + " left");
    }

    private byte[] scratch() {
        if (scratch.length == 0) {
            scratch = new byte[SCRATCH_BYTES];
        }
        return scratch;
    }
}
