package io.quorate.sim.check;

import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;

/** P3: a zxid names one transaction for ever, committed or not, and all of an epoch come from one server. */
final class ZxidsAreUnique implements Invariant {

    private record Made(long by, long content) {}

    private final Map<Long, Made> made = new HashMap<>();
    private final Map<Long, Long> makers = new HashMap<>();

    @Override
    public void appended(long sid, long zxid, long content) {
        Made first = made.putIfAbsent(zxid, new Made(sid, content));
        if (first == null) {
            Long maker = makers.putIfAbsent(Zxid.epoch(zxid), sid);
            if (maker != null && maker != sid) {
                throw new Violation("server %d logs %s, which server %d that leads the epoch has not made"
                        .formatted(sid, Violation.zxid(zxid), maker));
            }
        } else if (first.content() != content) {
            throw new Violation("zxid %s is used twice: server %d logs another transaction than server %d"
                    .formatted(Violation.zxid(zxid), sid, first.by()));
        }
    }

    /** A leader that hands over proposes a last transaction that it does not log itself. */
    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == PacketType.PROPOSAL && packet.data() != null && !made.containsKey(packet.zxid())) {
            appended(from, packet.zxid(), Content.of(packet.data()));
        }
    }

    @Override
    public void delivered(long sid, long zxid, long content) {
        Made first = made.get(zxid);
        if (first == null || first.content() != content) {
            throw new Violation(
                    "server %d delivers a transaction at %s that nobody proposed".formatted(sid, Violation.zxid(zxid)));
        }
    }
}
