package io.quorate.xcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quorate against ZooKeeper: the same requests, the same answers. */
final class DifferentialTest {

    private static final long SEED = Long.getLong("quorate.xcheck.seed", 1);
    private static final int ROUND = Integer.getInteger("quorate.xcheck.round", -1);
    private static final int REQUESTS = Integer.getInteger("quorate.xcheck.requests", 20_000);
    private static final Pair.Candidate CANDIDATE =
            Pair.Candidate.valueOf(System.getProperty("quorate.xcheck.candidate", "QUORATE"));
    private static final int DIFFERENCES_MAX = Integer.getInteger("quorate.xcheck.differences", 1);
    private static final String FLAVOUR = System.getProperty("quorate.xcheck.flavour", "");
    private static final int OUTCOMES_FROM = 10_000;
    private static final int OTHER_FLAVOURS_SHARE = 5;

    /** Outcomes that a run of the size of a build must have met, or its generator has become blind. */
    private static final List<String> OUTCOMES = List.of(
            "create 0",
            "create -8",
            "create -101",
            "create -102",
            "create -108",
            "create -110",
            "create -114",
            "create -125",
            "create2 0",
            "createContainer 0",
            "createTTL 0",
            "createTTL -8",
            "delete 0",
            "delete -8",
            "delete -101",
            "delete -102",
            "delete -103",
            "delete -111",
            "exists 0",
            "exists -101",
            "getData 0",
            "getData -5",
            "getData -101",
            "setData 0",
            "setData -8",
            "setData -103",
            "getACL 0",
            "setACL 0",
            "setACL -114",
            "getChildren 0",
            "getChildren2 0",
            "sync 0",
            "ping 0",
            "check -6",
            "multi 0",
            "multi -5",
            "multi failed -101",
            "multi failed -103",
            "multi failed -110",
            "multiRead 0",
            "multiRead -5",
            "checkWatches 0",
            "checkWatches -121",
            "removeWatches 0",
            "removeWatches -121",
            "auth 0",
            "auth -115",
            "setWatches 0",
            "setWatches2 0",
            "getEphemerals 0",
            "getAllChildrenNumber 0",
            "addWatch 0",
            "addWatch -5",
            "whoAmI 0",
            "closeSession 0",
            "event 1",
            "event 2",
            "event 3",
            "event 4");

    @ParameterizedTest
    @EnumSource
    void quorateAnswersAsZooKeeperDoes(Flavour flavour) {
        assumeTrue(FLAVOUR.isEmpty() || flavour.name().equals(FLAVOUR));
        boolean full = flavour == Flavour.FULL;
        String replayed = "DifferentialTest -Dquorate.xcheck.flavour=" + flavour;
        try (Fleet fleet = new Fleet(flavour)) {
            int requests = full || !FLAVOUR.isEmpty() ? REQUESTS : REQUESTS / OTHER_FLAVOURS_SHARE;
            Tally tally = new Rounds(replayed, SEED).run(requests, ROUND, fleet, DIFFERENCES_MAX);

            if (full && ROUND < 0 && REQUESTS >= OUTCOMES_FROM) {
                assertThat(OUTCOMES)
                        .as("outcomes of seed " + SEED + " in " + tally)
                        .allMatch(outcome -> tally.of(outcome) > 0);
            }
        }
    }

    /** Fresh pairs of servers, one for the run and one for each try to shrink a failing round. */
    private static final class Fleet implements Supplier<DifferentialRun>, AutoCloseable {

        private final Flavour flavour;
        private final List<Pair> pairs = new ArrayList<>();

        Fleet(Flavour flavour) {
            this.flavour = flavour;
        }

        @Override
        public DifferentialRun get() {
            close();
            Pair pair = Pair.start(CANDIDATE, flavour.settings());
            pairs.add(pair);
            return pair.run();
        }

        @Override
        public void close() {
            pairs.forEach(Pair::close);
            pairs.clear();
        }
    }
}
