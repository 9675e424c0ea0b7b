package io.quorate.xcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs the rounds of a seed one after the other, and tells how to run the one that fails again. */
final class Rounds {

    private static final int ROUND_REQUESTS = 2_000;
    private static final int SLOW_STEPS_EVERY = 25;
    private static final int RESTART_ROUND = 3;

    private final String test;
    private final long seed;

    Rounds(String test, long seed) {
        this.test = test;
        this.seed = seed;
    }

    /** The steps of one round. */
    List<Step> steps(int round) {
        long roundSeed = seed * 1_000_003 + round;
        int turn = round % SLOW_STEPS_EVERY;
        return new RoundMaker(roundSeed).steps(ROUND_REQUESTS, turn == 0, turn == RESTART_ROUND);
    }

    /**
     * Runs rounds until that many requests were answered; or the single round given, if it is not negative.
     *
     * @param servers starts fresh pairs of servers, for the run and for shrinking a round that fails
     * @param differencesMax go on with fresh servers after a difference, until so many were found
     */
    Tally run(long requests, int onlyRound, Supplier<DifferentialRun> servers, int differencesMax) {
        DifferentialRun run = servers.get();
        List<String> found = new ArrayList<>();
        long answered = 0;
        int round = Math.max(0, onlyRound);
        do {
            long before = run.requests();
            try {
                run.round(steps(round));
            } catch (DifferenceFound difference) {
                run = servers.get();
                if (!difference.referenceIsStuck() || !passes(run, round)) {
                    found.add("seed " + seed + ", round " + round + ": " + difference.getMessage()
                            + "run it again with:\n  " + command(round) + "\n");
                    run = found.size() < differencesMax ? servers.get() : null;
                }
            }
            answered += run == null ? 0 : Math.max(1, run.requests() - before);
            round++;
        } while (run != null && onlyRound < 0 && answered < requests);
        if (!found.isEmpty()) {
            throw new DifferenceFound(
                    String.join("\n", found) + Shrinking.tell(steps(round - 1), run == null ? servers : null));
        }
        return run.tally();
    }

    /** ZooKeeper at times forgets to end a connection; what it cannot do twice is no difference. */
    private boolean passes(DifferentialRun fresh, int round) {
        try {
            fresh.round(steps(round));
            System.out.println(
                    "seed " + seed + ", round " + round + ": the reference stood still, and once more did not");
            return true;
        } catch (DifferenceFound again) {
            return false;
        }
    }

    private String command(int round) {
        return "mvn -q test -pl coordinator -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + test
                + " -Dquorate.xcheck.seed=" + seed + " -Dquorate.xcheck.round=" + round;
    }
}
