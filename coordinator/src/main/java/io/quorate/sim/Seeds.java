package io.quorate.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs many seeds, each in one thread, several at a time; and now and then one twice, to see that it goes the same way. */
public final class Seeds {

    /** Every so many seeds one is run twice. */
    public static final int TWICE_EVERY = 50;

    private final Supplier<Plant> plants;
    private final int threads;
    private final boolean stopAtFirst;

    /**
     * @param plants makes the defect for each run
     * @param stopAtFirst no further seed is begun once one was bad
     */
    public Seeds(Supplier<Plant> plants, int threads, boolean stopAtFirst) {
        this.plants = plants;
        this.threads = threads;
        this.stopAtFirst = stopAtFirst;
    }

    /**
     * Runs {@code count} seeds from {@code from} on, and returns what came of all in sum.
     *
     * @param each hears of each result, one at a time, in no particular order
     */
    public SeedTotals run(long from, long count, Consumer<SeedResult> each) throws InterruptedException {
        AtomicLong next = new AtomicLong(from);
        AtomicBoolean stop = new AtomicBoolean();
        SeedTotals totals = new SeedTotals();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> work(next, from + count, stop, result -> totals.add(result, each))));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a seed could not be run", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return totals;
    }

    private void work(AtomicLong next, long end, AtomicBoolean stop, Consumer<SeedResult> done) {
        long seed = next.getAndIncrement();
        while (seed < end && !stop.get()) {
            SeedResult result = one(seed);
            done.accept(result);
            if (!result.isGood() && stopAtFirst) {
                stop.set(true);
            }
            seed = next.getAndIncrement();
        }
    }

    private SeedResult one(long seed) {
        SeedResult result = SeedRun.run(seed, plants.get(), false);
        if (seed % TWICE_EVERY == 0 && result.isGood()) {
            SeedResult again = SeedRun.run(seed, plants.get(), false);
            if (again.hash() != result.hash()) {
                return again.with(new IllegalStateException("the seed went another way when it was run again"));
            }
        }
        return result;
    }
}
