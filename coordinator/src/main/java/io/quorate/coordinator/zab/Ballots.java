package io.quorate.coordinator.zab;

import static io.quorate.wire.quorum.PeerState.LEADING;
import static io.quorate.wire.quorum.PeerState.LOOKING;

import io.quorate.wire.quorum.Notification;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last vote of each voter in one table of an election, and who agrees with whom (quorum protocol, section 3.4). */
final class Ballots {

    private final Map<Long, Notification> bySid = new TreeMap<>();
    private final boolean comparesEpochs;

    /**
     * @param comparesEpochs whether votes for one leader that come out of elections must name one epoch. False for votes of
     *     one round: there, those who serve already report the new epoch, and those still synchronizing the old one
     */
    Ballots(boolean comparesEpochs) {
        this.comparesEpochs = comparesEpochs;
    }

    void clear() {
        bySid.clear();
    }

    /** True if this server said something else before, or nothing. */
    boolean put(long sid, Notification vote) {
        return !vote.equals(bySid.put(sid, vote));
    }

    /** True if this server itself said that it leads. */
    boolean leads(long sid) {
        Notification vote = bySid.get(sid);
        return vote != null && vote.state() == LEADING;
    }

    /** The servers whose vote equals this one. */
    SortedSet<Long> agreeing(Notification vote) {
        SortedSet<Long> sids = new TreeSet<>();
        bySid.forEach((sid, other) -> {
            if (equal(vote, other)) {
                sids.add(sid);
            }
        });
        return sids;
    }

    /**
     * Votes that come out of elections need neither the same zxid nor the same round: those who joined an established ensemble
     * at different times report different ones. A sender of version 0 does not know the new epoch either.
     */
    private boolean equal(Notification a, Notification b) {
        if (a.state() == LOOKING || b.state() == LOOKING) {
            return Vote.of(a).equals(Vote.of(b)) && a.electionEpoch() == b.electionEpoch();
        }
        boolean bothKnowEpochs = (a.version() > 0) == (b.version() > 0);
        return a.leader() == b.leader() && (a.peerEpoch() == b.peerEpoch() || !comparesEpochs || !bothKnowEpochs);
    }
}
