package io.quorate.coordinator.tree;

/** Reads and makes the 64 bits that say what kind of node this is (semantics 4.1). */
public final class Owners {

    public static final long PERSISTENT = 0;
    public static final long CONTAINER = 0x8000000000000000L;
    public static final long TTL_MILLIS_MAX = 0xFFFFFFFFFFL;

    private static final long EXTENDED_MASK = 0xFF00000000000000L;

    private Owners() {}

    public static long ttl(long ttlMillis) {
        assert ttlMillis > 0 && ttlMillis <= TTL_MILLIS_MAX : ttlMillis;
        return EXTENDED_MASK | ttlMillis;
    }

    public static boolean isTtl(long owner) {
        return (owner & EXTENDED_MASK) == EXTENDED_MASK;
    }

    public static long ttlMillis(long owner) {
        return owner & TTL_MILLIS_MAX;
    }

    /** True for nodes that a session owns. */
    public static boolean isEphemeral(long owner) {
        return owner != PERSISTENT && owner != CONTAINER && !isTtl(owner);
    }

    static long reported(long owner) {
        return isEphemeral(owner) ? owner : 0;
    }
}
