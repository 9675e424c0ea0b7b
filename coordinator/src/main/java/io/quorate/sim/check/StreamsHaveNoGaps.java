package io.quorate.sim.check;

import io.quorate.wire.quorum.QuorumPacket;
import java.util.HashMap;
import java.util.Map;

/**
 * P12: what a leader sends to a learner, from where it was to what is proposed now, has no gap: nobody is left out between two
 * phases.
 */
final class StreamsHaveNoGaps implements Invariant {

    private final Map<Long, Long> places = new HashMap<>();

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == null) {
            return;
        }
        switch (packet.packetType()) {
            case ACKEPOCH, TRUNC, SNAP -> places.put(link, packet.zxid());
            case PROPOSAL, INFORM -> follow(to, link, packet.zxid());
            default -> {}
        }
    }

    private void follow(long to, long link, long zxid) {
        Long place = places.get(link);
        if (place != null && !LogsHaveNoGaps.follows(place, zxid)) {
            throw new Violation(
                    "server %d is sent %s right behind %s".formatted(to, Violation.zxid(zxid), Violation.zxid(place)));
        }
        places.put(link, zxid);
    }
}
