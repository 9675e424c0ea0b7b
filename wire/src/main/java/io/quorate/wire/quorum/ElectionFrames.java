package io.quorate.wire.quorum;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.quorate.wire.jute.MalformedException;
import org.agrona.DirectBuffer;

/**
 * The frames of the election port (quorum protocol specification, section 2.4).
 *
 * <pre>int length | one {@link Notification} of so many bytes</pre>
 */
public final class ElectionFrames {
    /** Answer when the frame is not all there yet. */
    public static final int MORE = -1;

    /** Bytes of the length in front of a notification. */
    public static final int HEADER_BYTES = Integer.BYTES;

    /** The greatest length of a notification, in bytes. */
    public static final int LENGTH_MAX = 524_288;

    private ElectionFrames() {}

    /**
     * How many bytes the frame at {@code offset} is long, with its header, or {@link #MORE}.
     *
     * @param available bytes that have arrived, counted from {@code offset}
     * @throws MalformedException when the length is not within 1 and {@link #LENGTH_MAX}; the connection is to be closed
     */
    public static int length(DirectBuffer buffer, int offset, int available) {
        if (available < HEADER_BYTES) {
            return MORE;
        }
        int length = buffer.getInt(offset, BIG_ENDIAN);
        if (length < 1 || length > LENGTH_MAX) {
            throw new MalformedException("frame of " + length + " bytes, limit " + LENGTH_MAX);
        }
        return available - HEADER_BYTES < length ? MORE : HEADER_BYTES + length;
    }
}
