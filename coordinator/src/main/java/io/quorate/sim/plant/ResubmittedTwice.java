package io.quorate.sim.plant;

import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.quorum.ForwardedRequest;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import java.util.HashMap;
import java.util.Map;

/** Under a new leader a learner submits its last write again, without asking whether that was committed. */
final class ResubmittedTwice implements Plant {

    private final Map<Long, QuorumPacket> lastOf = new HashMap<>();

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            @Override
            public void send(QuorumPacket packet) {
                if (isWrite(packet)) {
                    lastOf.put(seam.sid(), packet);
                }
                super.send(packet);
            }
        };
    }

    private static boolean isWrite(QuorumPacket packet) {
        if (packet.packetType() != PacketType.REQUEST) {
            return false;
        }
        ForwardedRequest request = ForwardedRequest.read(packet.payload());
        return request.cxid() != 0 && request.opcode() != OpCode.SYNC.code();
    }

    @Override
    public boolean takes(Seam seam, Link link, QuorumPacket packet) {
        QuorumPacket last = lastOf.remove(seam.sid());
        if (packet.packetType() == PacketType.UPTODATE && last != null) {
            seam.after(1, () -> link.send(last));
        } else if (last != null) {
            lastOf.put(seam.sid(), last);
        }
        return true;
    }
}
