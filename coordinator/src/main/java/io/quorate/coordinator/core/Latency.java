package io.quorate.coordinator.core;

/** Least, mean and greatest of a time in milliseconds. */
public final class Latency {

    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long greatest;

    void add(long millis) {
        count++;
        sum += millis;
        least = Math.min(least, millis);
        greatest = Math.max(greatest, millis);
    }

    void reset() {
        count = 0;
        sum = 0;
        least = Long.MAX_VALUE;
        greatest = 0;
    }

    public long count() {
        return count;
    }

    public long sum() {
        return sum;
    }

    /** 0 if nothing was measured. */
    public long min() {
        return count == 0 ? 0 : least;
    }

    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    public long max() {
        return greatest;
    }
}
