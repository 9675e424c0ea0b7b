package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;

/** A learner takes itself for up to date as soon as it has acknowledged NEWLEADER. */
final class ServesBeforeUpToDate implements Plant {

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            private boolean told;

            @Override
            public void send(QuorumPacket packet) {
                super.send(packet);
                if (!told && packet.packetType() == PacketType.ACK && Zxid.counter(packet.zxid()) == 0) {
                    told = true;
                    seam.after(1, () -> seam.deliver(new Event.LinkPacket(this, QuorumPacket.upToDate())));
                }
            }
        };
    }
}
