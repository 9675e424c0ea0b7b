package io.quorate.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What came of many seeds, in sum. Any thread may add. */
public final class SeedTotals {

    private static final double MICROS_PER_HOUR = 3600.0 * Scheduler.SECOND;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<SeedResult> bad = new ArrayList<>();
    private long seeds;
    private long micros;
    private long answers;
    private long committed;
    private long faults;
    private long leaders;

    SeedTotals() {}

    void add(SeedResult result, Consumer<SeedResult> listener) {
        lock.lock();
        try {
            seeds++;
            micros += result.micros();
            answers += result.answers();
            committed += result.committed();
            faults += result.faults();
            leaders += result.leaders();
            if (!result.isGood()) {
                bad.add(result);
            }
            listener.accept(result);
        } finally {
            lock.unlock();
        }
    }

    /** Those in which a property did not hold. */
    public List<SeedResult> bad() {
        return bad;
    }

    public long seeds() {
        return seeds;
    }

    @Override
    public String toString() {
        return "%d seeds, %d bad: %.1f hours of virtual time, %d operations of clients checked, %d transactions, %d faults, %d leaders elected"
                .formatted(seeds, bad.size(), micros / MICROS_PER_HOUR, answers, committed, faults, leaders);
    }
}
