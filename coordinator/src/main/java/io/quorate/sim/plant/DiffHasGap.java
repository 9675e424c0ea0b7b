package io.quorate.sim.plant;

import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;

/** Now and then a transaction is left out of what a learner is sent. */
final class DiffHasGap implements Plant {

    private static final double SHARE = 0.005;

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            private long leftOut = -1;

            @Override
            public void send(QuorumPacket packet) {
                if (packet.packetType() == PacketType.PROPOSAL && seam.chance().in(SHARE)) {
                    leftOut = packet.zxid();
                }
                boolean isAbout =
                        packet.packetType() == PacketType.PROPOSAL || packet.packetType() == PacketType.COMMIT;
                if (!isAbout || packet.zxid() != leftOut) {
                    super.send(packet);
                }
            }
        };
    }
}
