package io.quorate.sim.check;

import io.quorate.wire.quorum.QuorumPacket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** P5: on each link transactions are committed in the order in which they were proposed there, and no others. */
final class CommitsFollowProposals implements Invariant {

    private final Map<Long, Deque<Long>> proposed = new HashMap<>();

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == null) {
            return;
        }
        switch (packet.packetType()) {
            case PROPOSAL -> proposed.computeIfAbsent(link, any -> new ArrayDeque<>())
                    .add(packet.zxid());
            case COMMIT, COMMITANDACTIVATE -> commit(from, to, link, packet.zxid());
            default -> {}
        }
    }

    private void commit(long from, long to, long link, long zxid) {
        Long oldest = proposed.computeIfAbsent(link, any -> new ArrayDeque<>()).poll();
        if (oldest == null || oldest != zxid) {
            throw new Violation("server %d tells %d to commit %s, but %s is next"
                    .formatted(from, to, Violation.zxid(zxid), oldest == null ? "nothing" : Violation.zxid(oldest)));
        }
    }
}
