package io.quorate.sim.plant;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.quorum.ForwardedRequest;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;

/** A learner answers a sync itself, without asking the leader. */
final class SyncAnsweredHere implements Plant {

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            @Override
            public void send(QuorumPacket packet) {
                boolean isSync = packet.packetType() == PacketType.REQUEST
                        && ForwardedRequest.read(packet.payload()).opcode() == OpCode.SYNC.code();
                if (isSync) {
                    seam.after(1, () -> seam.deliver(new Event.LinkPacket(this, QuorumPacket.sync())));
                } else {
                    super.send(packet);
                }
            }
        };
    }
}
