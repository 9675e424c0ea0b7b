package io.quorate.sim.check;

import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** P14: who leads has the newest history of a quorum, and each of that quorum promised itself to the epoch. */
final class BestLeader implements Invariant {

    private record Summary(long epoch, long zxid) {
        boolean isNewerThan(Summary other) {
            return epoch > other.epoch || (epoch == other.epoch && zxid > other.zxid);
        }
    }

    /** Several may ask for promises to one epoch at the same time, of which one can get a quorum's. */
    private record Candidate(long sid, long epoch) {}

    private static final class Bid {
        final Summary leader;
        final Set<Long> behind = new HashSet<>();

        Bid(Summary leader) {
            this.leader = leader;
        }
    }

    private final Predicate<Set<Long>> isQuorum;
    private final Map<Long, Long> lastLogged = new HashMap<>();
    private final Map<Long, Long> currentEpochs = new HashMap<>();
    private final Map<Candidate, Bid> bids = new HashMap<>();
    private final Map<Long, Bid> bidsByLink = new HashMap<>();
    private final Set<Candidate> proven = new HashSet<>();

    BestLeader(Predicate<Set<Long>> isQuorum) {
        this.isQuorum = isQuorum;
    }

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        lastLogged.put(sid, lastZxid);
        currentEpochs.put(sid, currentEpoch);
    }

    @Override
    public void epochStored(long sid, boolean accepted, long epoch) {
        if (!accepted) {
            currentEpochs.put(sid, epoch);
        }
    }

    @Override
    public void appended(long sid, long zxid, long content) {
        lastLogged.put(sid, zxid);
    }

    @Override
    public void cut(long sid, long zxid, boolean anew) {
        lastLogged.put(sid, anew ? zxid : Math.min(zxid, lastLogged.getOrDefault(sid, 0L)));
    }

    @Override
    public void received(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == null) {
            return;
        }
        switch (packet.packetType()) {
            case ACKEPOCH -> promised(from, link, packet);
            default -> {}
        }
    }

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == null) {
            return;
        }
        long epoch = Zxid.epoch(packet.zxid());
        switch (packet.packetType()) {
            case LEADERINFO -> bidsByLink.put(link, bids.computeIfAbsent(new Candidate(from, epoch), this::bid));
            case NEWLEADER -> prove(from, epoch);
            default -> {}
        }
    }

    private Bid bid(Candidate candidate) {
        long sid = candidate.sid();
        Bid bid = new Bid(new Summary(currentEpochs.getOrDefault(sid, 0L), lastLogged.getOrDefault(sid, 0L)));
        bid.behind.add(sid);
        return bid;
    }

    private void promised(long from, long link, QuorumPacket packet) {
        long epoch = EpochAck.read(packet.payload()).currentEpoch();
        Bid bid = bidsByLink.get(link);
        if (bid != null && epoch >= 0 && !new Summary(epoch, packet.zxid()).isNewerThan(bid.leader)) {
            bid.behind.add(from);
        }
    }

    private void prove(long leader, long epoch) {
        Candidate candidate = new Candidate(leader, epoch);
        Bid bid = bids.get(candidate);
        if (proven.contains(candidate)) {
            return;
        }
        if (bid == null || !isQuorum.test(bid.behind)) {
            throw new Violation("server %d leads epoch %d, with no quorum that promised itself and has nothing newer"
                    .formatted(leader, epoch));
        }
        proven.add(candidate);
    }
}
