package io.quorate.wire.quorum;

/**
 * The parts of a transaction's number (quorum protocol specification, section 5).
 *
 * <pre>32 bits epoch | 32 bits counter</pre>
 */
public final class Zxid {
    private static final long COUNTER_MASK = 0xffff_ffffL;

    private Zxid() {}

    /** The number with these parts; counter 0 is no transaction but the beginning of the epoch. */
    public static long of(long epoch, long counter) {
        return epoch << Integer.SIZE | (counter & COUNTER_MASK);
    }

    /** The epoch of a zxid, with its sign. */
    public static long epoch(long zxid) {
        return zxid >> Integer.SIZE;
    }

    /** The counter of a zxid, 0 to 0xffffffff. */
    public static long counter(long zxid) {
        return zxid & COUNTER_MASK;
    }
}
