package io.quorate.sim.check;

import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;

/**
 * P9, P10: NEWLEADER is acknowledged only once the leader's history is on disk, and after it the epoch; and until then the
 * learner acknowledges nothing else.
 */
final class NewLeaderAcks implements Invariant {

    private static final class Learner {
        long sid;
        long epoch = -1;
        long mustHave;
        boolean copying;
        boolean acknowledged;
    }

    private final Map<Long, Learner> links = new HashMap<>();
    private final Map<Long, Long> durable = new HashMap<>();
    private final Map<Long, Long> currentEpochs = new HashMap<>();

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        durable.put(sid, lastZxid);
        currentEpochs.put(sid, currentEpoch);
    }

    @Override
    public void flushed(long sid, long zxid) {
        durable.put(sid, zxid);
    }

    @Override
    public void cutDone(long sid, long zxid, boolean anew) {
        durable.put(sid, zxid);
        for (Learner each : links.values()) {
            each.copying &= each.sid != sid;
        }
    }

    @Override
    public void epochStored(long sid, boolean accepted, long epoch) {
        if (!accepted) {
            currentEpochs.put(sid, epoch);
        }
    }

    @Override
    public void received(long from, long to, long link, QuorumPacket packet) {
        Learner learner = links.get(link);
        if (learner == null || learner.sid != to || learner.acknowledged || packet.packetType() == null) {
            return;
        }
        switch (packet.packetType()) {
            case TRUNC, SNAP -> {
                learner.copying = true;
                learner.mustHave = packet.zxid();
            }
            case COMMIT -> learner.mustHave = learner.epoch < 0 ? packet.zxid() : learner.mustHave;
            case NEWLEADER -> learner.epoch = Zxid.epoch(packet.zxid());
            default -> {}
        }
    }

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == PacketType.ACKEPOCH) {
            Learner learner = new Learner();
            learner.sid = from;
            links.put(link, learner);
            return;
        }
        Learner learner = links.get(link);
        if (learner == null || learner.sid != from || learner.acknowledged) {
            return;
        }
        if (packet.packetType() != PacketType.ACK || packet.zxid() != Zxid.of(learner.epoch, 0)) {
            throw new Violation("server %d sends %s before it has acknowledged NEWLEADER".formatted(from, packet));
        }
        long safe = durable.getOrDefault(from, 0L);
        if (learner.copying || safe < learner.mustHave) {
            throw new Violation("server %d acknowledges NEWLEADER with %s on disk, must have %s%s"
                    .formatted(
                            from,
                            Violation.zxid(safe),
                            Violation.zxid(learner.mustHave),
                            learner.copying ? ", and the cut is not done" : ""));
        }
        if (currentEpochs.getOrDefault(from, 0L) < learner.epoch) {
            throw new Violation("server %d acknowledges NEWLEADER of epoch %d, but has epoch %d on disk"
                    .formatted(from, learner.epoch, currentEpochs.getOrDefault(from, 0L)));
        }
        learner.acknowledged = true;
    }
}
