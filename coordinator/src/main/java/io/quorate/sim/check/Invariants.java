package io.quorate.sim.check;

import io.quorate.wire.quorum.QuorumPacket;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All that must hold in one run. */
public final class Invariants {

    private final List<Invariant> all;
    private final List<Invariant.OfDeliveries> ofDeliveries;
    private final List<Invariant.OfLinks> ofLinks;

    private Invariants(List<Invariant> all) {
        this.all = all;
        this.ofDeliveries = those(Invariant.OfDeliveries.class, all);
        this.ofLinks = those(Invariant.OfLinks.class, all);
    }

    private static <T> List<T> those(Class<T> kind, List<Invariant> all) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
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

    /** Tells of a delivery: {@link Invariant.OfDeliveries#delivered}. */
    public void delivered(long sid, long zxid, long content) {
        for (Invariant.OfDeliveries each : ofDeliveries) {
            each.delivered(sid, zxid, content);
        }
    }

    /** Tells of a packet that is sent: {@link Invariant.OfLinks#sent}. */
    public void sent(long from, long to, long link, QuorumPacket packet) {
        for (Invariant.OfLinks each : ofLinks) {
            each.sent(from, to, link, packet);
        }
    }

    /** Tells of a packet that arrived: {@link Invariant.OfLinks#received}. */
    public void received(long from, long to, long link, QuorumPacket packet) {
        for (Invariant.OfLinks each : ofLinks) {
            each.received(from, to, link, packet);
        }
    }
}
