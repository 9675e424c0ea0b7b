package io.quorate.xcheck;

import java.util.List;
import java.util.function.Supplier;

/** Runs the rounds of a seed one after the other, and tells how to run the one that fails again. */
final class Rounds {

    private static final int ROUND_REQUESTS = 2_000;
    private static final int EXPIRY_EVERY = 5;

    private final String test;
    private final long seed;

    Rounds(String test, long seed) {
        this.test = test;
        this.seed = seed;
    }

    /** The steps of one round. */
    List<Step> steps(int round) {
        long roundSeed = seed * 1_000_003 + round;
        return new RoundMaker(roundSeed).steps(ROUND_REQUESTS, round % EXPIRY_EVERY == 0);
    }

    /** Runs rounds until the run has seen that many requests; or the single round given, if it is not negative. */
    void run(DifferentialRun run, long requests, int onlyRound, Supplier<DifferentialRun> again) {
        int round = Math.max(0, onlyRound);
        do {
            run(run, round, again);
            round++;
        } while (onlyRound < 0 && run.requests() < requests);
    }

    private void run(DifferentialRun run, int round, Supplier<DifferentialRun> again) {
        List<Step> steps = steps(round);
        try {
            run.round(steps);
        } catch (DifferenceFound found) {
            throw new DifferenceFound("seed " + seed + ", round " + round + ", after " + run.requests() + " requests: "
                    + found.getMessage() + "run it again with:\n  " + command(round) + "\n"
                    + Shrinking.tell(steps, again));
        }
    }

    private String command(int round) {
        return "mvn -q test -pl coordinator -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + test
                + " -Dquorate.xcheck.seed=" + seed + " -Dquorate.xcheck.round=" + round;
    }
}
