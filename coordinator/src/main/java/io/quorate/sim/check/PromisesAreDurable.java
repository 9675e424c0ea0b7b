package io.quorate.sim.check;

import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;

/** P10: an epoch is on disk before anybody is told that it was accepted, by its leader or by a learner. */
final class PromisesAreDurable implements Invariant {

    private final Map<Long, Long> accepted = new HashMap<>();
    private final Map<Long, Long> current = new HashMap<>();
    private final Map<Long, Long> offered = new HashMap<>();
    private final Map<Long, Long> begun = new HashMap<>();

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        accepted.put(sid, acceptedEpoch);
        current.put(sid, currentEpoch);
    }

    @Override
    public void epochStored(long sid, boolean isAccepted, long epoch) {
        (isAccepted ? accepted : current).put(sid, epoch);
    }

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == null) {
            return;
        }
        long epoch = Zxid.epoch(packet.zxid());
        switch (packet.packetType()) {
            case LEADERINFO -> {
                offered.put(link, epoch);
                require(accepted, from, epoch, "offers");
            }
            case ACKEPOCH -> require(accepted, from, offered.getOrDefault(link, Long.MAX_VALUE), "promises");
            case NEWLEADER -> begun.put(link, epoch);
            case UPTODATE -> require(current, from, begun.getOrDefault(link, Long.MAX_VALUE), "serves");
            default -> {}
        }
    }

    private static void require(Map<Long, Long> stored, long sid, long epoch, String what) {
        if (stored.getOrDefault(sid, 0L) < epoch) {
            throw new Violation("server %d %s epoch %d, but has %d on disk"
                    .formatted(sid, what, epoch, stored.getOrDefault(sid, 0L)));
        }
    }
}
