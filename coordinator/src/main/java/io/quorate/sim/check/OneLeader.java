package io.quorate.sim.check;

import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;

/** P1: in each epoch at most one server ever synchronizes others or serves as leader. */
final class OneLeader implements Invariant {

    private final Map<Long, Long> leaders = new HashMap<>();

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == PacketType.NEWLEADER) {
            leads(from, Zxid.epoch(packet.zxid()));
        }
    }

    @Override
    public void serves(long sid, boolean leading, long epoch, long zxid) {
        if (leading) {
            leads(sid, epoch);
        }
    }

    private void leads(long sid, long epoch) {
        Long other = leaders.putIfAbsent(epoch, sid);
        if (other != null && other != sid) {
            throw new Violation("server " + sid + " leads epoch " + epoch + ", as server " + other + " did");
        }
    }
}
