package io.quorate.bench;

import java.util.concurrent.TimeUnit;

/**
 * How long a load runs: first a warm-up that is not measured, then the measured interval, which ends by time or when
 * {@code operationsMax} requests, the warm-up's included, were sent.
 */
record Span(long warmupNanos, long measureNanos, long operationsMax) {

    private static final long FOR_EVER_NANOS = TimeUnit.HOURS.toNanos(9);

    static Span seconds(int warmup, int measure) {
        return new Span(TimeUnit.SECONDS.toNanos(warmup), TimeUnit.SECONDS.toNanos(measure), Long.MAX_VALUE);
    }

    /** No warm-up, and exactly so many requests however long they take. */
    static Span operations(long count) {
        return new Span(0, FOR_EVER_NANOS, count);
    }
}
