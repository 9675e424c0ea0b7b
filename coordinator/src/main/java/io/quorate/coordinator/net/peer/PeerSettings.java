package io.quorate.coordinator.net.peer;

import io.quorate.wire.quorum.ElectionHello.Address;
import java.util.List;
import java.util.Map;

/**
 * What the ports for other members need to know of the configuration. Times in milliseconds.
 *
 * @param sid this server
 * @param members where each member is reached, this server included
 * @param listenOnAll listen on every interface, and not only on the configured addresses
 * @param multiAddress announce all election addresses (the second version of the first message), not one
 * @param bindTries attempts to open a port, one second apart; 0 for as many as it takes
 * @param keepAlive TCP keep-alive on election connections
 * @param connectMillis limit of one attempt to connect
 * @param helloMillis limit for the first message on the election port
 * @param linkMillis limit for a link to the leader to come about
 * @param retryMillis between two attempts of a link to the leader
 * @param firstPacketMillis limit for the first packet on the quorum port
 * @param lengthMax the longest data of a packet or of a node in a snapshot, in bytes
 * @param connectionsMax connections that one of the ports takes at a time
 * @param connectionsPerAddressMax and from one address
 */
public record PeerSettings(
        long sid,
        Map<Long, Member> members,
        boolean listenOnAll,
        boolean multiAddress,
        int bindTries,
        boolean keepAlive,
        int connectMillis,
        int helloMillis,
        int linkMillis,
        int retryMillis,
        int firstPacketMillis,
        int lengthMax,
        int connectionsMax,
        int connectionsPerAddressMax) {

    public PeerSettings {
        members = Map.copyOf(members);
    }

    /** Where one member is reached; both lists have at least one element. */
    public record Member(List<Address> quorum, List<Address> election) {

        public Member {
            quorum = List.copyOf(quorum);
            election = List.copyOf(election);
        }
    }

    Member own() {
        return members.get(sid);
    }
}
