package io.quorate.wire.quorum;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.quorate.wire.jute.MalformedException;
import org.agrona.DirectBuffer;

/**
 * Owns a position in bytes that are still arriving, and moves it over fields that are there in whole. Lengths are checked as
 * soon as they are there, so that nobody waits for, or makes room for, more than is allowed.
 */
final class Arriving {
    private final int lengthMax;
    private DirectBuffer buffer;
    private int position;
    private int limit;

    /** @param lengthMax the greatest length in bytes of one buffer or string, inclusive */
    Arriving(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    /** Starts at {@code offset}, with so many bytes there. */
    Arriving wrap(DirectBuffer buffer, int offset, int available) {
        buffer.boundsCheck(offset, available);
        this.buffer = buffer;
        this.position = offset;
        this.limit = offset + available;
        return this;
    }

    /** Index in the wrapped buffer of what has not been passed. */
    int position() {
        return position;
    }

    /** Whether so many bytes are there behind the position. */
    boolean has(int bytes) {
        return limit - position >= bytes;
    }

    /** Moves over so many bytes; false, and nowhere, if they are not there. */
    boolean skip(int bytes) {
        if (!has(bytes)) {
            return false;
        }
        position += bytes;
        return true;
    }

    /**
     * Moves over a buffer or string with its length; false, and nowhere or only over the length, if it is not all there.
     *
     * @throws MalformedException when its length is below -1 or above the limit
     */
    boolean skipBuffer() {
        if (!has(Integer.BYTES)) {
            return false;
        }
        int length = takeInt();
        if (length < -1 || length > lengthMax) {
            throw new MalformedException("length " + length + ", limit " + lengthMax);
        }
        return skip(Math.max(length, 0));
    }

    /** The next four bytes, which must be there. */
    int takeInt() {
        int value = buffer.getInt(position, BIG_ENDIAN);
        position += Integer.BYTES;
        return value;
    }
}
