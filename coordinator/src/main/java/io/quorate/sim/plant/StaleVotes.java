package io.quorate.sim.plant;

import io.quorate.coordinator.zab.ElectionOut;
import io.quorate.coordinator.zab.Link;
import io.quorate.sim.Plant;
import io.quorate.sim.Seam;
import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;

/** Servers vote for themselves with the history that they had at first: none. Learners hide theirs, too. */
final class StaleVotes implements Plant {

    @Override
    public ElectionOut election(Seam seam, ElectionOut honest) {
        return (sid, vote) -> honest.send(
                sid, new Notification(vote.state(), vote.leader(), 0, vote.electionEpoch(), 0, vote.config()));
    }

    @Override
    public Link link(Seam seam, Link honest) {
        return new PassingLink(honest) {
            @Override
            public void send(QuorumPacket packet) {
                boolean tells = packet.packetType() == PacketType.ACKEPOCH
                        && EpochAck.read(packet.payload()).currentEpoch() >= 0;
                super.send(tells ? QuorumPacket.ackEpoch(0, new EpochAck(0)) : packet);
            }
        };
    }
}
