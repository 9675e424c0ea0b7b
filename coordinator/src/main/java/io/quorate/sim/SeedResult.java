package io.quorate.sim;

import java.util.List;

/**
 * What came of a seed.
 *
 * @param violation what did not hold, or null
 * @param hash of everything that happened: equal for equal seeds
 * @param micros virtual time
 * @param answers operations of clients that were answered and checked
 * @param committed transactions
 * @param faults injected
 * @param leaders epochs in which somebody led
 * @param story one line for each thing that happened, if it was wanted
 */
public record SeedResult(
        long seed,
        Throwable violation,
        long hash,
        long micros,
        long answers,
        long committed,
        long faults,
        int leaders,
        List<String> story) {

    SeedResult with(Throwable other) {
        return new SeedResult(seed, other, hash, micros, answers, committed, faults, leaders, story);
    }

    public boolean isGood() {
        return violation == null;
    }
}
