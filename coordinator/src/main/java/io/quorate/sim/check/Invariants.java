package io.quorate.sim.check;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All that must hold in one run. */
public final class Invariants {

    private final List<Invariant> all;

    private Invariants(List<Invariant> all) {
        this.all = all;
    }

    /**
     * Every property there is, for a run from its beginning.
     *
     * @param isQuorum whether these servers are enough to decide
     */
    public static Invariants all(List<Long> voters, Predicate<Set<Long>> isQuorum) {
        Model model = new Model();
        return new Invariants(List.of(
                model,
                new OneLeader(),
                new OneHistory(),
                new ZxidsAreUnique(),
                new LogsHaveNoGaps(),
                new StreamsHaveNoGaps(),
                new PrimaryIntegrity(),
                new EqualStates(),
                new EpochsRise(),
                new NoGhosts(),
                new BestLeader(isQuorum),
                new AcksAreDurable(),
                new NewLeaderAcks(),
                new EpochsHaveHistories(),
                new PromisesAreDurable(),
                new CommitsFollowProposals(),
                new UpToDateIsTrue(isQuorum),
                new Durability(voters, isQuorum),
                new NothingLost(),
                new ClientOrder(),
                new SessionWrites(),
                new WritesAreTrue(model),
                new ReadsAreTrue(model),
                new RealTime(model),
                new WatchesFire(model)));
    }

    /** Tells every property what happened. */
    public void tell(Consumer<Invariant> what) {
        for (Invariant each : all) {
            what.accept(each);
        }
    }
}
