package io.quorate.sim.check;

import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;

/** P9: a transaction is acknowledged only once it is on the disk of whoever acknowledges it. */
final class AcksAreDurable implements Invariant {

    private final Map<Long, Long> durable = new HashMap<>();

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        durable.put(sid, lastZxid);
    }

    @Override
    public void flushed(long sid, long zxid) {
        durable.put(sid, zxid);
    }

    @Override
    public void cutDone(long sid, long zxid, boolean anew) {
        durable.put(sid, zxid);
    }

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        boolean ofTransaction = packet.packetType() == PacketType.ACK && Zxid.counter(packet.zxid()) > 0;
        long safe = durable.getOrDefault(from, 0L);
        if (ofTransaction && packet.zxid() > safe) {
            throw new Violation("server %d acknowledges %s, but has only %s on disk"
                    .formatted(from, Violation.zxid(packet.zxid()), Violation.zxid(safe)));
        }
    }
}
