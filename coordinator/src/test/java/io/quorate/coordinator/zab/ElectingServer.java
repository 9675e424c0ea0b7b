package io.quorate.coordinator.zab;

import static io.quorate.wire.quorum.PeerState.FOLLOWING;
import static io.quorate.wire.quorum.PeerState.LEADING;
import static io.quorate.wire.quorum.PeerState.LOOKING;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.Zxid;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Owns one server of an {@link ElectionNetwork}: its disk, its election, and as much of the roles behind it as decides whether
 * an election was of use. A leader serves once a quorum that is not ahead of it is connected, and both sides give up after a
 * while without the other.
 */
final class ElectingServer {

    private static final int CHECK_MILLIS = 50;
    private static final int LEARNER_PATIENCE_MILLIS = 500;
    private static final int LEADER_PATIENCE_MILLIS = 1500;

    final long sid;
    private final ElectionNetwork network;

    // On disk
    long lastLogged;
    long currentEpoch;

    private Election election;
    private int starts;
    private long tickAtMillis;
    private PeerState role;
    private boolean serves;
    private long heardMillis;

    ElectingServer(long sid, ElectionNetwork network) {
        this.sid = sid;
        this.network = network;
    }

    void start() {
        start(lastLogged, currentEpoch);
    }

    void start(long lastLogged, long currentEpoch) {
        assertThat(isRunning()).isFalse();
        this.lastLogged = lastLogged;
        this.currentEpoch = currentEpoch;
        starts++;
        election = new Election(Ensembles.settings(sid, network.members), this::send);
        network.onStart(sid);
        look();
        checkLater(starts);
    }

    void stop() {
        election = null;
        serves = false;
        network.onStop(sid);
    }

    boolean isRunning() {
        return election != null;
    }

    /** True while it has a role that works. */
    boolean serves() {
        return serves;
    }

    boolean follows(long leader) {
        return isRunning() && election.state() != LOOKING && election.leader() == leader && sid != leader;
    }

    boolean isServedBy(ElectingServer leader) {
        return serves && follows(leader.sid) && currentEpoch == leader.currentEpoch;
    }

    PeerState state() {
        return election.state();
    }

    void look() {
        serves = false;
        role = LOOKING;
        election.look(lastLogged, currentEpoch, network.now());
        afterwards();
    }

    /** Steps down in favour of another. */
    void handOverTo(long heir) {
        serves = false;
        role = LOOKING;
        election.look(heir, lastLogged, currentEpoch, network.now());
        afterwards();
    }

    void hear(long from, Notification notification) {
        election.onNotification(from, notification, network.now());
        afterwards();
    }

    private void send(long to, Notification notification) {
        if (notification.state() == LOOKING && network.members.isVoter(sid)) {
            assertThat(isBehindOf(notification.peerEpoch(), notification.zxid()))
                    .as("%d votes for a history that is older than its own: %s", sid, notification)
                    .isTrue();
        }
        network.send(sid, to, notification);
    }

    private boolean isBehindOf(long epoch, long zxid) {
        return currentEpoch < epoch || (currentEpoch == epoch && lastLogged <= zxid);
    }

    private void afterwards() {
        if (role == LOOKING && election.state() != LOOKING) {
            role = election.state();
            heardMillis = network.now();
        }
        long at = election.tick(network.now());
        if (at != tickAtMillis && at != Long.MAX_VALUE) {
            int start = starts;
            network.at(at, () -> {
                if (isRunning() && start == starts && tickAtMillis == at) {
                    tickAtMillis = 0;
                    afterwards();
                }
            });
        }
        tickAtMillis = at;
    }

    private void checkLater(int start) {
        network.at(network.now() + CHECK_MILLIS, () -> {
            if (isRunning() && start == starts) {
                check();
                checkLater(start);
            }
        });
    }

    private void check() {
        switch (election.state()) {
            case LOOKING -> {}
            case LEADING -> checkLearners();
            case FOLLOWING, OBSERVING -> checkLeader();
        }
    }

    /** The voters that this leader can count on, itself included. */
    SortedSet<Long> attached() {
        SortedSet<Long> attached = network.servers().stream()
                .filter(other -> other.follows(sid) && other.state() == FOLLOWING && other.canLearnFrom(this))
                .map(other -> other.sid)
                .collect(Collectors.toCollection(TreeSet::new));
        attached.add(sid);
        return attached;
    }

    private boolean canLearnFrom(ElectingServer leader) {
        return network.isUp(sid, leader.sid)
                && leader.state() == LEADING
                && currentEpoch <= leader.currentEpoch
                && (leader.serves || isBehindOf(leader.currentEpoch, leader.lastLogged));
    }

    private void checkLearners() {
        SortedSet<Long> attached = attached();
        if (!network.members.isQuorum(attached)) {
            if (network.now() - heardMillis > LEADER_PATIENCE_MILLIS) {
                look();
            }
            return;
        }
        heardMillis = network.now();
        if (!serves) {
            currentEpoch++;
            serves = true;
            election.established(currentEpoch);
            network.onServing(this);
        }
        attached.headSet(sid).forEach(other -> network.server(other).learnFrom(this));
        attached.tailSet(sid + 1).forEach(other -> network.server(other).learnFrom(this));
    }

    private void checkLeader() {
        ElectingServer leader = network.server(election.leader());
        if (leader.isRunning() && canLearnFrom(leader)) {
            heardMillis = network.now();
            if (leader.serves) {
                learnFrom(leader);
            }
        } else if (network.now() - heardMillis > LEARNER_PATIENCE_MILLIS) {
            look();
        }
    }

    private void learnFrom(ElectingServer leader) {
        if (!serves || currentEpoch != leader.currentEpoch) {
            serves = true;
            lastLogged = leader.lastLogged;
            currentEpoch = leader.currentEpoch;
            election.established(currentEpoch);
        }
    }

    /** A transaction that this leader and these followers log. */
    long write(Iterable<Long> followers) {
        long zxid = Zxid.epoch(lastLogged) == currentEpoch ? lastLogged + 1 : Zxid.of(currentEpoch, 1);
        lastLogged = zxid;
        followers.forEach(follower -> network.server(follower).lastLogged = zxid);
        return zxid;
    }

    @Override
    public String toString() {
        String what = isRunning() ? election.state() + " " + election.leader() + (serves ? " serves" : "") : "down";
        return "%d: %s, %x in epoch %d".formatted(sid, what, lastLogged, currentEpoch);
    }
}
