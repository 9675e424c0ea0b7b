package io.quorate.coordinator.log;

import java.util.concurrent.atomic.AtomicLong;

/** What the log agent did, for metrics: written by its thread only, readable from any. */
public final class LogCounters {

    private final AtomicLong syncs = new AtomicLong();
    private final AtomicLong lastSyncNanos = new AtomicLong();
    private final AtomicLong maxSyncNanos = new AtomicLong();
    private final AtomicLong sumSyncNanos = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong maxBatchEntries = new AtomicLong();
    private final AtomicLong lastBatchEntries = new AtomicLong();

    LogCounters() {}

    void batch(int batchEntries, int batchBytes) {
        lastBatchEntries.setOpaque(batchEntries);
        add(entries, batchEntries);
        add(bytes, batchBytes);
        max(maxBatchEntries, batchEntries);
    }

    void synced(long nanos) {
        add(syncs, 1);
        add(sumSyncNanos, nanos);
        lastSyncNanos.setOpaque(nanos);
        max(maxSyncNanos, nanos);
    }

    private static void add(AtomicLong counter, long delta) {
        counter.setOpaque(counter.getPlain() + delta);
    }

    private static void max(AtomicLong counter, long value) {
        if (value > counter.getPlain()) {
            counter.setOpaque(value);
        }
    }

    /** Syncs so far; each made one batch durable. */
    public long syncs() {
        return syncs.getOpaque();
    }

    /** How long the last append with its sync took. */
    public long lastSyncNanos() {
        return lastSyncNanos.getOpaque();
    }

    /** How long the slowest took. */
    public long maxSyncNanos() {
        return maxSyncNanos.getOpaque();
    }

    /** How long all took. */
    public long sumSyncNanos() {
        return sumSyncNanos.getOpaque();
    }

    /** Transactions made durable. */
    public long entries() {
        return entries.getOpaque();
    }

    /** Their bytes, framing included. */
    public long bytes() {
        return bytes.getOpaque();
    }

    /** Transactions in the last batch. */
    public long lastBatchEntries() {
        return lastBatchEntries.getOpaque();
    }

    /** Transactions in the largest batch. */
    public long maxBatchEntries() {
        return maxBatchEntries.getOpaque();
    }
}
