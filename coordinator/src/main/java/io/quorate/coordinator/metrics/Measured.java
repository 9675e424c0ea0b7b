package io.quorate.coordinator.metrics;

/** Sum, least and greatest of a number of measurements; all 0 where there were none. */
public record Measured(long count, long sum, long least, long greatest) {

    static final Measured NOTHING = new Measured(0, 0, 0, 0);

    /** 0 if nothing was measured. */
    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    Measured and(Measured other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        return new Measured(
                count + other.count, sum + other.sum, Math.min(least, other.least), Math.max(greatest, other.greatest));
    }
}
