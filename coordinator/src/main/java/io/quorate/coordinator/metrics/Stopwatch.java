package io.quorate.coordinator.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One writer's measurements of a timing, on cache lines of their own. One thread records; any thread reads, and may see
 * numbers that are a moment apart.
 */
public final class Stopwatch {

    private static final int LINE_LONGS = 16;
    private static final int COUNT = LINE_LONGS;
    private static final int SUM = COUNT + 1;
    private static final int LEAST = COUNT + 2;
    private static final int GREATEST = COUNT + 3;
    private static final int RESETS_SEEN = COUNT + 4;

    private final AtomicLongArray padded = new AtomicLongArray(3 * LINE_LONGS);

    /** Counts resets: what was recorded before the last one is void, and the writer clears it when it records again. */
    private final AtomicLong resets = new AtomicLong();

    Stopwatch() {
        clear(0);
    }

    /** Notes one measurement, in the unit of the timing; the writer's thread alone. */
    public void record(long value) {
        long asked = resets.get();
        if (asked != padded.getPlain(RESETS_SEEN)) {
            clear(asked);
        }
        padded.setOpaque(SUM, padded.getPlain(SUM) + value);
        padded.setOpaque(LEAST, Math.min(padded.getPlain(LEAST), value));
        padded.setOpaque(GREATEST, Math.max(padded.getPlain(GREATEST), value));
        padded.setRelease(COUNT, padded.getPlain(COUNT) + 1);
    }

    private void clear(long asked) {
        padded.setOpaque(COUNT, 0);
        padded.setOpaque(SUM, 0);
        padded.setOpaque(LEAST, Long.MAX_VALUE);
        padded.setOpaque(GREATEST, Long.MIN_VALUE);
        padded.setRelease(RESETS_SEEN, asked);
    }

    /** Begins again with nothing measured; any thread. */
    void reset() {
        resets.incrementAndGet();
    }

    /** What was measured since the start or the last reset. */
    Measured measured() {
        long count = padded.getAcquire(COUNT);
        boolean isVoid = padded.getAcquire(RESETS_SEEN) != resets.get();
        if (count == 0 || isVoid) {
            return Measured.NOTHING;
        }
        return new Measured(count, padded.getOpaque(SUM), padded.getOpaque(LEAST), padded.getOpaque(GREATEST));
    }
}
