package io.quorate.sim;

/**
 * The clocks of one machine: a monotonic one that may run a little fast or slow, and the time of day, which may also be set.
 * They run on while the server is down.
 */
final class SimClock {

    /** The time of day when every run begins: 2026-11-21 01:00:00 UTC. */
    static final long WALL_MILLIS = 1_795_222_800_000L;

    private static final long PARTS = 1_000_000;

    private final Scheduler time;
    private final long driftPartsPerMillion;
    private final long offsetMillis;
    private long stepMillis;

    /** @param driftPartsPerMillion how much faster than true time, negative for slower */
    SimClock(Scheduler time, long driftPartsPerMillion, long offsetMillis) {
        this.time = time;
        this.driftPartsPerMillion = driftPartsPerMillion;
        this.offsetMillis = offsetMillis;
    }

    private long micros() {
        return time.nowMicros() + time.nowMicros() * driftPartsPerMillion / PARTS;
    }

    long monotonicMillis() {
        return offsetMillis + micros() / Scheduler.MILLI;
    }

    long wallMillis() {
        return WALL_MILLIS + stepMillis + micros() / Scheduler.MILLI;
    }

    /** Sets the time of day forward, or back. */
    void step(long millis) {
        stepMillis += millis;
    }

    /** How long true time takes until the monotonic clock shows this, in microseconds; at least 1. */
    long microsUntil(long monotonicMillis) {
        long missing = (monotonicMillis - offsetMillis) * Scheduler.MILLI - micros();
        return Math.max(1, missing - missing * driftPartsPerMillion / PARTS + 1);
    }
}
