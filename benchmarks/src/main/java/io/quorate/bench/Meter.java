package io.quorate.bench;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** Owns what is counted while a load is measured: replies, their latencies, and replies per second of the interval. */
final class Meter {

    private static final long LATENCY_NANOS_MAX = 120_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int SECONDS_MAX = 36_000;

    private final Histogram latencyNanos = new Histogram(LATENCY_NANOS_MAX, 3);
    private final long[] perSecond = new long[SECONDS_MAX];
    private long startNanos = System.nanoTime();
    private long replies;

    /** Forgets everything; the interval begins. */
    void start(long nowNanos) {
        startNanos = nowNanos;
        replies = 0;
        latencyNanos.reset();
        Arrays.fill(perSecond, 0);
    }

    /** Counts {@code count} replies that came together. */
    void count(long nowNanos, int count) {
        replies += count;
        perSecond[(int) ((nowNanos - startNanos) / SECOND_NANOS)] += count;
    }

    /** Notes the latency of {@code count} replies whose requests were written together. */
    void latency(long nanos, int count) {
        latencyNanos.recordValueWithCount(Math.min(nanos, LATENCY_NANOS_MAX), count);
    }

    long replies() {
        return replies;
    }

    /** Latency at a percentile, in microseconds. */
    double latencyMicros(double percentile) {
        return latencyNanos.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Replies in the slowest whole second before {@code nowNanos}, 0 if no second is complete. */
    long slowestSecond(long nowNanos) {
        int whole = (int) ((nowNanos - startNanos) / SECOND_NANOS);
        return Arrays.stream(perSecond, 0, whole).min().orElse(0);
    }
}
