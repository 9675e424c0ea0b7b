package io.quorate.coordinator.core;

import java.util.Arrays;

/**
 * How long something took, in milliseconds, with percentiles: exact up to 127, then within an eighth. The core's thread alone.
 */
public final class Percentiles {

    private static final int EXACT = 128;
    private static final int EXACT_BITS = 7;
    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;

    private final Latency latency = new Latency();
    private final long[] buckets = new long[EXACT + (Long.SIZE - EXACT_BITS) * PARTS];

    void add(long millis) {
        latency.add(millis);
        buckets[bucket(Math.max(0, millis))]++;
    }

    void reset() {
        latency.reset();
        Arrays.fill(buckets, 0);
    }

    /** Count, sum and extremes. */
    public Latency latency() {
        return latency;
    }

    /** The time that this share of all took at most, 0 if nothing was measured. */
    public long at(double share) {
        long wanted = (long) Math.ceil(share * latency.count());
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(greatestIn(i), latency.max());
            }
        }
        return 0;
    }

    private static int bucket(long millis) {
        if (millis < EXACT) {
            return (int) millis;
        }
        int magnitude = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis);
        int part = (int) (millis >>> (magnitude - PARTS_BITS)) & (PARTS - 1);
        return EXACT + (magnitude - EXACT_BITS) * PARTS + part;
    }

    private static long greatestIn(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int magnitude = (bucket - EXACT) / PARTS + EXACT_BITS;
        int part = (bucket - EXACT) % PARTS;
        long width = 1L << (magnitude - PARTS_BITS);
        return (1L << magnitude) + (part + 1L) * width - 1;
    }
}
