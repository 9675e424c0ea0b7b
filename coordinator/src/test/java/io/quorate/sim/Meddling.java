package io.quorate.sim;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.ElectionOut;
import io.quorate.coordinator.zab.Link;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a script does to the messages between servers. */
final class Meddling implements Plant {

    private final Set<String> lost = new HashSet<>();
    private final Set<String> repeated = new HashSet<>();
    private final Map<Long, String> claimed = new HashMap<>();

    /** From now on packets of this type are not heard at this server. */
    void lose(String type, long sid) {
        lost.add(PacketType.valueOf(type).name() + sid);
    }

    /** From now on packets of this type are heard twice at this server. */
    void repeat(String type, long sid) {
        repeated.add(PacketType.valueOf(type).name() + sid);
    }

    /** All packets are heard again, and once. */
    void keepAll() {
        lost.clear();
        repeated.clear();
    }

    /** From now on this server says in its votes that this is the configuration. */
    void claim(long sid, String config) {
        claimed.put(sid, config);
    }

    @Override
    public boolean takes(Seam seam, Link link, QuorumPacket packet) {
        PacketType type = packet.packetType();
        if (type == null) {
            return true;
        }
        String here = type.name() + seam.sid();
        if (repeated.contains(here)) {
            seam.deliver(new Event.LinkPacket(link, packet));
        }
        return !lost.contains(here);
    }

    @Override
    public ElectionOut election(Seam seam, ElectionOut honest) {
        return (sid, vote) -> honest.send(
                sid,
                new Notification(
                        vote.state(),
                        vote.leader(),
                        vote.zxid(),
                        vote.electionEpoch(),
                        vote.peerEpoch(),
                        claimed.getOrDefault(seam.sid(), vote.config())));
    }
}
