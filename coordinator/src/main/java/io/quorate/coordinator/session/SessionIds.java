package io.quorate.coordinator.session;

import java.util.Arrays;

/** Makes session ids and the passwords that belong to them (client-protocol 5). */
public final class SessionIds {

    public static final int PASSWORD_BYTES = 16;

    private static final long CONTAINER_MARKER = 0x8000000000000000L;
    private static final long PASSWORD_SALT = 0xB3415C00L;
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long INCREMENT = 0xBL;
    private static final long STATE_MASK = (1L << 48) - 1;
    private static final int SERVER_SHIFT = 56;

    /** More ids than a server hands out between two starts. */
    private static final long NEIGHBOURS = 0xFFFF_FFFFL;

    private static final int EPOCH_SHIFT = 32;

    /** Odd, so that the places of neighbouring epochs are far from each other. */
    private static final long EPOCH_STRIDE = 40_503;

    private static final long PLACES_MASK = 0xFFFF;
    private static final int PLACE_SHIFT = 16;

    private long next;

    /**
     * Ids of this server from here on.
     *
     * @param startMillis the wall clock at start, so that a restarted machine does not repeat ids
     */
    public SessionIds(int serverId, long startMillis) {
        next = ((startMillis << 24) >>> 8) | ((long) serverId << SERVER_SHIFT);
    }

    /**
     * Never hand out {@code id} or one near it of the same server: it is in use, and made when the clock was ahead of what it
     * is now. Others that were made then are known to nobody any more, but to clients that do not know yet that they expired.
     *
     * @param lastZxid the last transaction at this time. Every session begins with one, so that two starts under one clock that was
     *     set back, from the same ids in use, have a different one, and go on at different places
     */
    public void skip(long id, long lastZxid) {
        if (id >>> SERVER_SHIFT == next >>> SERVER_SHIFT && id >= next) {
            long place = (lastZxid + (lastZxid >>> EPOCH_SHIFT) * EPOCH_STRIDE) & PLACES_MASK;
            next = (id | NEIGHBOURS) + 1 + (place << PLACE_SHIFT);
        }
    }

    /** The next id; never 0 and never the marker of container nodes. */
    public long take() {
        if (next == 0 || next == CONTAINER_MARKER) {
            next++;
        }
        return next++;
    }

    /** The password of a session: the same on every server, computed from the id alone. */
    public static byte[] password(long id) {
        byte[] password = new byte[PASSWORD_BYTES];
        long state = ((id ^ PASSWORD_SALT) ^ MULTIPLIER) & STATE_MASK;
        for (int i = 0; i < PASSWORD_BYTES; i += 4) {
            state = (state * MULTIPLIER + INCREMENT) & STATE_MASK;
            int word = (int) (state >>> 16);
            for (int b = 0; b < 4; b++) {
                password[i + b] = (byte) (word >>> (b * Byte.SIZE));
            }
        }
        return password;
    }

    /** True if these bytes are the password of this session. */
    public static boolean isPassword(long id, byte[] offered) {
        return id != 0 && Arrays.equals(password(id), offered);
    }
}
