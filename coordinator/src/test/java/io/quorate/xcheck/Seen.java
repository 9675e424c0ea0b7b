package io.quorate.xcheck;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A frame after masking.
 *
 * @param canonical the bytes that must be equal on both servers
 * @param times wall-clock values in ms since 1970 that were masked; they must be close, not equal
 * @param event whether it is a watch notification
 * @param text the frame for people, before masking
 */
record Seen(byte[] canonical, List<Long> times, boolean event, long zxid, String text) {

    private static final int ERR_OFFSET = 12;
    private static final long CLOCK_DISTANCE_MILLIS_MAX = 120_000;

    boolean matches(Seen other) {
        return Arrays.equals(canonical, other.canonical) && timesMatch(other);
    }

    /** The error code in the header of a reply. */
    int err() {
        return canonical.length < ERR_OFFSET + Integer.BYTES
                ? 0
                : ByteBuffer.wrap(canonical).getInt(ERR_OFFSET);
    }

    private boolean timesMatch(Seen other) {
        if (times.size() != other.times.size()) {
            return false;
        }
        for (int i = 0; i < times.size(); i++) {
            long distance = Math.abs(times.get(i) - other.times.get(i));
            if (distance > CLOCK_DISTANCE_MILLIS_MAX) {
                return false;
            }
        }
        return true;
    }
}
