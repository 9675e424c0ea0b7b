package io.quorate.sim;

import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.QuorumPacket;
import java.util.Locale;

/** What is said between servers, in words for a reader of a trace. */
final class Narration {

    private Narration() {}

    static String of(QuorumPacket packet) {
        if (packet.packetType() == null) {
            return "packet of type " + packet.type();
        }
        String zxid = packet.zxid() == QuorumPacket.NO_ZXID ? "" : " " + Story.number(packet.zxid());
        return switch (packet.packetType()) {
            case ACKEPOCH -> "ACKEPOCH last" + zxid + ", epoch "
                    + EpochAck.read(packet.payload()).currentEpoch();
            case FOLLOWERINFO, OBSERVERINFO, LEADERINFO, NEWLEADER -> packet.packetType() + " epoch "
                    + (packet.zxid() >> Integer.SIZE);
            default -> packet.packetType() + zxid;
        };
    }

    static String of(Notification notification) {
        return "%s for %d (epoch %d, last %s), round %d"
                .formatted(
                        notification.state().name().toLowerCase(Locale.ROOT),
                        notification.leader(),
                        notification.peerEpoch(),
                        Story.number(notification.zxid()),
                        notification.electionEpoch());
    }
}
