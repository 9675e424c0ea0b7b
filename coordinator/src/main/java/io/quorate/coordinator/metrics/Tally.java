package io.quorate.coordinator.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One writer's share of a counter, on cache lines of its own. One thread adds; any thread reads, and may see the value of a
 * moment ago.
 */
public final class Tally {

    private static final int LINE_LONGS = 16;
    private static final int TOTAL = LINE_LONGS;
    private static final int BEFORE_RESET = 3 * LINE_LONGS;

    private final AtomicLongArray padded = new AtomicLongArray(4 * LINE_LONGS);

    Tally() {}

    /** Adds; the writer's thread alone. */
    public void add(long amount) {
        padded.setOpaque(TOTAL, padded.getPlain(TOTAL) + amount);
    }

    /** Adds one; the writer's thread alone. */
    public void increment() {
        add(1);
    }

    /** What was added since the start or the last reset. */
    public long value() {
        return padded.getOpaque(TOTAL) - padded.getOpaque(BEFORE_RESET);
    }

    /** Begins again at 0; any thread, and the writer does not notice. */
    void reset() {
        padded.setOpaque(BEFORE_RESET, padded.getOpaque(TOTAL));
    }
}
