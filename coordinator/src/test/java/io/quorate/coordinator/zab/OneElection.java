package io.quorate.coordinator.zab;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import java.util.ArrayList;
import java.util.List;

/** Owns the election of one server, and what it says: to whom, then state, leader, zxid in hex, round and epoch. */
class OneElection {

    static final long NEVER = Long.MAX_VALUE;
    static final long Z = 0x1_0000_0008L;

    private final List<String> sent = new ArrayList<>();
    Election election;

    final void server(long sid, Members members) {
        election = new Election(Ensembles.settings(sid, members), (to, n) -> {
            assertThat(n.version()).isEqualTo(2);
            assertThat(n.config()).isEqualTo("version=0");
            sent.add("%d: %s %d %x %d %d"
                    .formatted(to, n.state(), n.leader(), n.zxid(), n.electionEpoch(), n.peerEpoch()));
        });
    }

    final void hear(long from, PeerState state, long leader, long zxid, long round, long epoch, long now) {
        election.onNotification(from, new Notification(state, leader, zxid, round, epoch, "version=0"), now);
    }

    final List<String> sent() {
        List<String> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    final void assertElected(PeerState state, long leader) {
        assertThat(election.state()).isEqualTo(state);
        assertThat(election.leader()).isEqualTo(leader);
        assertThat(election.tick(1_000_000)).isEqualTo(NEVER);
    }
}
