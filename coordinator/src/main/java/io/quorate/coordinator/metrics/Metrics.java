package io.quorate.coordinator.metrics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All counters and timings of one server. Whoever measures takes a part of a metric at start and is its only writer; a metric
 * of which nobody took a part is not measured, and is not exported.
 */
public final class Metrics {

    private final Map<Counter, List<Tally>> tallies = new EnumMap<>(Counter.class);
    private final Map<Timing, List<Stopwatch>> stopwatches = new EnumMap<>(Timing.class);

    public Metrics() {
        for (Counter counter : Counter.values()) {
            tallies.put(counter, new CopyOnWriteArrayList<>());
        }
        for (Timing timing : Timing.values()) {
            stopwatches.put(timing, new CopyOnWriteArrayList<>());
        }
    }

    /** A new part of a counter, for one thread that adds to it. */
    public Tally take(Counter counter) {
        Tally tally = new Tally();
        tallies.get(counter).add(tally);
        return tally;
    }

    /** A new part of a timing, for one thread that records it. */
    public Stopwatch take(Timing timing) {
        Stopwatch stopwatch = new Stopwatch();
        stopwatches.get(timing).add(stopwatch);
        return stopwatch;
    }

    public boolean isMeasured(Counter counter) {
        return !tallies.get(counter).isEmpty();
    }

    public boolean isMeasured(Timing timing) {
        return !stopwatches.get(timing).isEmpty();
    }

    /** All parts added up. */
    public long value(Counter counter) {
        long sum = 0;
        for (Tally tally : tallies.get(counter)) {
            sum += tally.value();
        }
        return sum;
    }

    /** All parts taken together. */
    public Measured measured(Timing timing) {
        Measured all = Measured.NOTHING;
        for (Stopwatch stopwatch : stopwatches.get(timing)) {
            all = all.and(stopwatch.measured());
        }
        return all;
    }

    /** Begins everything again at nothing. */
    public void reset() {
        tallies.values().forEach(parts -> parts.forEach(Tally::reset));
        stopwatches.values().forEach(parts -> parts.forEach(Stopwatch::reset));
    }
}
