package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;

/** A leader counts a follower's acknowledgement before it came. */
final class CommitWithoutQuorum implements Plant {

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            private boolean live;

            @Override
            public void send(QuorumPacket packet) {
                super.send(packet);
                live |= packet.packetType() == PacketType.UPTODATE;
                if (live && packet.packetType() == PacketType.PROPOSAL) {
                    QuorumPacket ack = QuorumPacket.ack(packet.zxid());
                    seam.after(1, () -> seam.deliver(new Event.LinkPacket(this, ack)));
                }
            }
        };
    }
}
