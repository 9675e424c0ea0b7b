package io.quorate.sim.check;

import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * P8: UPTODATE is sent only once a quorum has acknowledged NEWLEADER, and behind every commit so far; and no learner serves
 * before it came.
 */
final class UpToDateIsTrue implements Invariant {

    private final Predicate<Set<Long>> isQuorum;
    private final Map<Long, Set<Long>> acknowledged = new HashMap<>();
    private final Map<Long, Long> linkEpochs = new HashMap<>();
    private final Map<Long, Long> committedOnLink = new HashMap<>();
    private final Map<Long, Long> delivered = new HashMap<>();
    private final Map<Long, Long> upToDate = new HashMap<>();

    UpToDateIsTrue(Predicate<Set<Long>> isQuorum) {
        this.isQuorum = isQuorum;
    }

    @Override
    public void serves(long sid, boolean leading, long epoch, long zxid) {
        delivered.put(sid, zxid);
        if (leading) {
            requireQuorum(sid, epoch);
        } else if (upToDate.getOrDefault(sid, -1L) != epoch) {
            throw new Violation("server %d serves in epoch %d before it is up to date".formatted(sid, epoch));
        }
    }

    @Override
    public void delivered(long sid, long zxid, long content) {
        delivered.put(sid, zxid);
    }

    @Override
    public void stopped(long sid) {
        delivered.remove(sid);
        upToDate.remove(sid);
    }

    @Override
    public void received(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == PacketType.ACK && Zxid.counter(packet.zxid()) == 0) {
            acknowledged
                    .computeIfAbsent(Zxid.epoch(packet.zxid()), any -> new HashSet<>())
                    .add(from);
        } else if (packet.packetType() == PacketType.UPTODATE) {
            upToDate.put(to, linkEpochs.get(link));
        }
    }

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == null) {
            return;
        }
        switch (packet.packetType()) {
            case NEWLEADER -> linkEpochs.put(link, Zxid.epoch(packet.zxid()));
            case ACKEPOCH, TRUNC, SNAP, COMMIT, INFORM -> committedOnLink.put(link, packet.zxid());
            case UPTODATE -> upToDate(from, to, link);
            default -> {}
        }
    }

    private void upToDate(long leader, long learner, long link) {
        requireQuorum(leader, linkEpochs.getOrDefault(link, -1L));
        long has = committedOnLink.getOrDefault(link, 0L);
        if (has < delivered.getOrDefault(leader, 0L)) {
            throw new Violation("server %d is told that it is up to date at %s, the leader is at %s"
                    .formatted(learner, Violation.zxid(has), Violation.zxid(delivered.get(leader))));
        }
    }

    private void requireQuorum(long leader, long epoch) {
        Set<Long> servers = new HashSet<>(acknowledged.getOrDefault(epoch, Set.of()));
        servers.add(leader);
        if (!isQuorum.test(servers)) {
            throw new Violation("server %d serves as leader of epoch %d, acknowledged only by %s"
                    .formatted(leader, epoch, servers));
        }
    }
}
