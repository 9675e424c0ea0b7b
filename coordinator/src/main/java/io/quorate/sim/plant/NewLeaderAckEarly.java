package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.Link;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import java.util.HashSet;
import java.util.Set;
import org.agrona.DirectBuffer;

/** While a learner takes over a leader's history, its log counts as flushed at once. */
final class NewLeaderAckEarly implements Plant {

    private final Set<Long> synchronizing = new HashSet<>();

    @Override
    public boolean takes(Seam seam, Link link, QuorumPacket packet) {
        if (packet.packetType() == PacketType.DIFF) {
            synchronizing.add(seam.sid());
        } else if (packet.packetType() == PacketType.UPTODATE) {
            synchronizing.remove(seam.sid());
        }
        return true;
    }

    @Override
    public LogOut log(Seam seam, LogOut honest) {
        return new PassingLog(honest) {
            @Override
            public void append(long zxid, DirectBuffer src, int offset, int length) {
                super.append(zxid, src, offset, length);
                if (synchronizing.contains(seam.sid())) {
                    seam.after(1, () -> seam.deliver(new Event.LogFlushed(zxid)));
                }
            }
        };
    }
}
