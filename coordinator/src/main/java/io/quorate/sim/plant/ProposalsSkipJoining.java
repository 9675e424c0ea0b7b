package io.quorate.sim.plant;

import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import java.util.HashSet;
import java.util.Set;

/** A learner that has not yet acknowledged NEWLEADER is not sent proposals. */
final class ProposalsSkipJoining implements Plant {

    private final Set<Link> joining = new HashSet<>();

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            @Override
            public void send(QuorumPacket packet) {
                if (packet.packetType() == PacketType.NEWLEADER) {
                    joining.add(this);
                }
                if (packet.packetType() != PacketType.PROPOSAL || !joining.contains(this)) {
                    super.send(packet);
                }
            }
        };
    }

    @Override
    public boolean takes(Seam seam, Link link, QuorumPacket packet) {
        if (packet.packetType() == PacketType.ACK) {
            joining.remove(link);
        }
        return true;
    }
}
