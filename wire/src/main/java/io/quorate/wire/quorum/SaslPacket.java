package io.quorate.wire.quorum;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import org.agrona.DirectBuffer;

/**
 * One step of the authentication of servers on both of their ports (quorum protocol specification, section 17.1).
 *
 * <pre>long magic | int status | buffer token</pre>
 *
 * @param status {@link #IN_PROGRESS}, {@link #SUCCESS} or {@link #ERROR}
 * @param token of the mechanism; may be empty or null
 */
public record SaslPacket(int status, byte[] token) {
    /** What every packet starts with, and nothing else on these ports. */
    public static final long MAGIC = 0x5f2435013501edccL;

    public static final int IN_PROGRESS = 0;
    public static final int SUCCESS = 1;
    public static final int ERROR = -1;

    /** Answer when the packet is not all there yet. */
    public static final int MORE = -1;

    /**
     * Whether a peer has begun to authenticate itself.
     *
     * @param buffer with at least eight bytes at {@code offset}
     */
    public static boolean isNext(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, BIG_ENDIAN) == MAGIC;
    }

    /**
     * How many bytes the packet at {@code offset} is long, or {@link #MORE}.
     *
     * @param available bytes that have arrived, counted from {@code offset}
     * @param lengthMax the greatest length of a token in bytes, inclusive
     * @throws MalformedException when it does not begin as one, or its token has an impossible length or one beyond the limit
     */
    public static int length(DirectBuffer buffer, int offset, int available, int lengthMax) {
        if (available < Long.BYTES) {
            return MORE;
        }
        checkMagic(buffer.getLong(offset, BIG_ENDIAN));
        Arriving bytes = new Arriving(lengthMax).wrap(buffer, offset, available);
        boolean isWhole = bytes.skip(Long.BYTES + Integer.BYTES) && bytes.skipBuffer();
        return isWhole ? bytes.position() - offset : MORE;
    }

    /** Decodes one; other bytes are malformed. */
    public static SaslPacket read(JuteReader reader) {
        checkMagic(reader.readLong());
        return new SaslPacket(reader.readInt(), reader.readBuffer());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(MAGIC);
        writer.writeInt(status);
        writer.writeBuffer(token);
    }

    private static void checkMagic(long magic) {
        if (magic != MAGIC) {
            throw new MalformedException("no packet of an authentication");
        }
    }
}
