package io.quorate.wire.quorum;

import io.quorate.wire.jute.MalformedException;
import org.agrona.DirectBuffer;

/**
 * Finds where the first {@link QuorumPacket} of a stream ends while it arrives; the stream itself does not say (quorum
 * protocol specification, section 6).
 *
 * <p>Remembers what it has seen of an unfinished packet, so that each call costs no more than the fields that came in
 * between. One for each connection and direction; not safe for use by several threads.
 */
public final class PacketCutter {
    /** Answer when the packet is not all there yet. */
    public static final int MORE = -1;

    /** Limits up to this cannot overflow the length of a packet. */
    public static final int LENGTH_MAX_MAX = Integer.MAX_VALUE / 4;

    private static final int FIXED_BYTES = Integer.BYTES + Long.BYTES;
    private static final int IDENTITY_STRINGS = 2;

    /** Value of {@link #stringsLeft} while not even the data is there. */
    private static final int DATA_IS_MISSING = -2;

    /** Value of {@link #stringsLeft} while it is not known how many there are. */
    private static final int COUNT_IS_MISSING = -1;

    private final int lengthMax;
    private final Arriving bytes;
    private int stringsLeft = DATA_IS_MISSING;
    private int passed;
    private int authinfoStart;

    /**
     * A cutter at the beginning of a packet.
     *
     * @param lengthMax the greatest length in bytes of the data, and of the authinfo taken together; what the reader of the
     *     packets has. At most {@link #LENGTH_MAX_MAX}
     */
    public PacketCutter(int lengthMax) {
        if (lengthMax < 0 || lengthMax > LENGTH_MAX_MAX) {
            throw new IllegalArgumentException("limit " + lengthMax);
        }
        this.lengthMax = lengthMax;
        this.bytes = new Arriving(lengthMax);
    }

    /**
     * How many bytes the packet at {@code offset} is long, or {@link #MORE}. As long as the answer is that, the next call must
     * be for the same packet, with at least as many bytes, wherever they lie then; after an answer with a length, for the
     * packet behind it.
     *
     * @param available bytes that have arrived, counted from {@code offset}
     * @throws MalformedException when a length is impossible or beyond the limit; the cutter is of no use any more
     */
    public int length(DirectBuffer buffer, int offset, int available) {
        bytes.wrap(buffer, offset + passed, available - passed);
        while (passField()) {
            passed = bytes.position() - offset;
            if (stringsLeft >= 0 && passed - authinfoStart > lengthMax) {
                throw new MalformedException("authinfo is longer than " + lengthMax);
            }
            if (stringsLeft == 0) {
                int length = passed;
                passed = 0;
                stringsLeft = DATA_IS_MISSING;
                return length;
            }
        }
        return MORE;
    }

    private boolean passField() {
        if (stringsLeft == DATA_IS_MISSING) {
            return passData();
        } else if (stringsLeft == COUNT_IS_MISSING) {
            return passCount();
        } else if (bytes.skipBuffer()) {
            stringsLeft--;
            return true;
        }
        return false;
    }

    private boolean passData() {
        if (!bytes.skip(FIXED_BYTES) || !bytes.skipBuffer()) {
            return false;
        }
        stringsLeft = COUNT_IS_MISSING;
        return true;
    }

    private boolean passCount() {
        if (!bytes.has(Integer.BYTES)) {
            return false;
        }
        int count = Math.max(bytes.takeInt(), 0);
        if (count > lengthMax / (IDENTITY_STRINGS * Integer.BYTES)) {
            throw new MalformedException(count + " identities, limit " + lengthMax + " bytes");
        }
        stringsLeft = IDENTITY_STRINGS * count;
        authinfoStart = bytes.position();
        return true;
    }
}
