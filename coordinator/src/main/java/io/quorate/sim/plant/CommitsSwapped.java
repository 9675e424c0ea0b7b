package io.quorate.sim.plant;

import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;

/** Now and then two commits are sent in the wrong order. */
final class CommitsSwapped implements Plant {

    private static final double SHARE = 0.02;

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            private QuorumPacket held;

            @Override
            public void send(QuorumPacket packet) {
                boolean isCommit = packet.packetType() == PacketType.COMMIT;
                if (isCommit && held == null && seam.chance().in(SHARE)) {
                    held = packet;
                    return;
                }
                QuorumPacket late = held;
                held = null;
                if (late != null && !isCommit) {
                    super.send(late);
                }
                super.send(packet);
                if (late != null && isCommit) {
                    super.send(late);
                }
            }
        };
    }
}
