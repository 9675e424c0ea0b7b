package io.quorate.sim.plant;

import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;

/** What is committed while a learner synchronizes is not told to it before it is up to date. */
final class UpToDateMissesCommits implements Plant {

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            private boolean joining;

            @Override
            public void send(QuorumPacket packet) {
                if (packet.packetType() == PacketType.NEWLEADER) {
                    joining = true;
                } else if (packet.packetType() == PacketType.UPTODATE) {
                    joining = false;
                }
                if (!joining || packet.packetType() != PacketType.COMMIT) {
                    super.send(packet);
                }
            }
        };
    }
}
