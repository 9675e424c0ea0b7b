package io.quorate.coordinator.zab;

import static io.quorate.wire.quorum.PeerState.FOLLOWING;
import static io.quorate.wire.quorum.PeerState.LEADING;
import static io.quorate.wire.quorum.PeerState.LOOKING;
import static io.quorate.wire.quorum.PeerState.OBSERVING;

import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fast leader election (quorum protocol, section 3): a member looks for the leader that has the most recent history among a
 * quorum, and answers those who look while it has one. Time comes with each call.
 *
 * <p>Any call may end a round: look at {@link #state} after it. A round ends when a quorum votes as this server does and
 * nothing better is heard for a while, or when a quorum follows a leader that says itself that it leads.
 *
 * <p>A configuration that comes with a notification is ignored: the one of {@link ZabSettings} is in force.
 */
public final class Election {

    /** How long a better vote is waited for once a quorum agrees. */
    static final int FINALIZE_MILLIS = 200;

    /** An observer that lost its leader waits less than this before it asks, so that not all of them ask at once. */
    static final int OBSERVER_DELAY_MILLIS = 200;

    /** The zxid of a server that lost its data: it neither votes nor is voted for (section 3.7). */
    static final long DATA_MISSING = -1;

    private static final long NEVER = Long.MAX_VALUE;

    /** Prime to {@link #OBSERVER_DELAY_MILLIS}, so that neighbouring sids wait for different times. */
    private static final int OBSERVER_STRIDE_MILLIS = 61;

    private final ZabSettings settings;
    private final Members members;
    private final long sid;
    private final ElectionOut out;

    private final Ballots round = new Ballots(false);
    private final Ballots settled = new Ballots(true);
    private final SortedSet<Long> supporters = new TreeSet<>();
    private final SortedSet<Long> lookers = new TreeSet<>();
    private final SortedSet<Long> absent = new TreeSet<>();
    private final Map<Long, Long> tellAtMillis = new TreeMap<>();

    private PeerState state = LOOKING;
    private boolean hasServed;
    private long clock;
    private Vote initial;

    /** The proposal of this server while it looks, then what was elected. */
    private Vote vote;

    /** True while this server neither looks nor has a role: there is nothing to say then. */
    private boolean silent = true;

    private long intervalMillis;
    private long sendAtMillis = NEVER;
    private long endAtMillis = NEVER;

    public Election(ZabSettings settings, ElectionOut out) {
        this.settings = settings;
        this.members = settings.members();
        this.sid = settings.sid();
        this.out = out;
    }

    /**
     * Looks for a leader: begins a new round.
     *
     * @param lastLogged the last transaction of this server's log; −1 if its data is missing
     * @param currentEpoch the epoch whose history this server holds
     */
    public void look(long lastLogged, long currentEpoch, long nowMillis) {
        look(sid, lastLogged, currentEpoch, nowMillis);
    }

    /**
     * The same, in favour of another member, for a leader that hands over.
     *
     * @param preferred a member that is known to have everything up to {@code lastLogged}
     */
    void look(long preferred, long lastLogged, long currentEpoch, long nowMillis) {
        boolean lostLeader = state == OBSERVING;
        state = LOOKING;
        silent = false;
        clock++;
        initial = members.isVoter(sid) ? new Vote(preferred, lastLogged, currentEpoch) : Vote.NOBODY;
        settled.clear();
        supporters.clear();
        lookers.clear();
        intervalMillis = settings.minNotificationMillis();
        beginRound(initial);
        if (lostLeader) {
            sendAtMillis = nowMillis + Math.floorMod(sid * OBSERVER_STRIDE_MILLIS, OBSERVER_DELAY_MILLIS);
        } else {
            sendToAll(nowMillis);
        }
        countSupporters(nowMillis);
    }

    /**
     * Nobody listens where another member should: its process has ended. Its vote is not waited for until it is heard again; whether
     * a quorum agrees is counted as ever. That is for servers that have served: while all are being started, those that are not there
     * yet are about to come, and one that did not wait for them would be left alone with its vote.
     */
    void onAbsent(long member, long nowMillis) {
        absent.add(member);
        if (!silent && state == LOOKING) {
            countSupporters(nowMillis);
        }
    }

    /** Takes a notification of another server, in whatever state this one is. */
    public void onNotification(long from, Notification notification, long nowMillis) {
        absent.remove(from);
        if (silent || from == sid) {
            return;
        }
        boolean looks = notification.state() == LOOKING;
        if (!members.isVoter(from)) {
            // Only a question is answered, lest two servers that hold each other for strangers answer answers for ever.
            answerIf(looks, from);
        } else if (state == LOOKING) {
            answerIf(looks && notification.electionEpoch() < clock && isToBeTold(from, nowMillis), from);
            count(from, notification, nowMillis);
        } else {
            noteLooker(from, notification);
            answerIf(looks, from);
        }
    }

    /** Does what time asks for, and returns when to be called next; {@code Long.MAX_VALUE} for not at all. */
    public long tick(long nowMillis) {
        if (nowMillis >= endAtMillis) {
            end(vote, round.agreeing(notification()));
        } else if (endAtMillis == NEVER && nowMillis >= sendAtMillis) {
            intervalMillis = Math.min(2 * intervalMillis, settings.maxNotificationMillis());
            sendToAll(nowMillis);
        }
        return endAtMillis == NEVER ? sendAtMillis : endAtMillis;
    }

    /** The state of this server: LOOKING until a round has ended, then what it ended with. */
    public PeerState state() {
        return state;
    }

    /** The server that was elected, while not LOOKING. */
    public long leader() {
        return vote.leader();
    }

    /**
     * This server serves in a new epoch: what it answers those who look changes accordingly (section 3.5). All who serve then
     * report the same leader and epoch, whatever they voted, and this is what lets another one join them.
     */
    public void established(long newEpoch) {
        assert state != LOOKING;
        hasServed = true;
        vote = vote.withEpoch(newEpoch);
    }

    /** The role that the last election gave is over: nobody is told of it any more, until this server looks again. */
    void retire() {
        silent = true;
    }

    /**
     * The voters whose votes ended the last round and who were since heard looking for another leader, or in another round
     * (sections 3.5 and 7.3).
     */
    SortedSet<Long> lookers() {
        return Collections.unmodifiableSortedSet(lookers);
    }

    /** Counts a voter's vote in the round of this server (section 3.4, from step 3 on). */
    private void count(long from, Notification notification, long nowMillis) {
        if (!members.isVoter(notification.leader()) || isTooLate(notification)) {
            return;
        }
        switch (notification.state()) {
            case LOOKING -> onLooking(from, notification, nowMillis);
            case FOLLOWING, LEADING -> onSettled(from, notification, nowMillis);
            case OBSERVING -> {}
        }
    }

    /** Once a quorum agrees, a vote matters only if it is better, or one more of the same (section 3.4). */
    private boolean isTooLate(Notification notification) {
        Vote theirs = Vote.of(notification);
        boolean same = notification.electionEpoch() == clock && theirs.equals(vote);
        return endAtMillis != NEVER && !same && !theirs.beats(vote, members);
    }

    private void onLooking(long from, Notification notification, long nowMillis) {
        boolean anyDataMissing = initial.zxid() == DATA_MISSING || notification.zxid() == DATA_MISSING;
        if (anyDataMissing || notification.electionEpoch() < clock) {
            return;
        }
        Vote theirs = Vote.of(notification);
        if (notification.electionEpoch() > clock) {
            clock = notification.electionEpoch();
            // Not the vote of the older round: whoever it was for may have restarted without telling.
            beginRound(theirs.beats(initial, members) ? theirs : initial);
            sendToAll(nowMillis);
        } else if (theirs.beats(vote, members)) {
            support(theirs);
            sendToAll(nowMillis);
        }
        record(round, from, notification, nowMillis);
        countSupporters(nowMillis);
    }

    private void onSettled(long from, Notification notification, long nowMillis) {
        if (notification.electionEpoch() == clock) {
            record(round, from, notification, nowMillis);
            SortedSet<Long> agreeing = round.agreeing(notification);
            if (members.isQuorum(agreeing) && leads(notification, round)) {
                end(Vote.of(notification), agreeing);
                return;
            }
        }
        record(settled, from, notification, nowMillis);
        SortedSet<Long> agreeing = settled.agreeing(notification);
        if (members.isQuorum(agreeing) && leads(notification, settled)) {
            clock = notification.electionEpoch();
            end(Vote.of(notification), agreeing);
        }
    }

    /**
     * News end the silence for which the interval grew: the others may have elected somebody in a moment, and say so only to
     * those who ask. Else this server could look on for a minute beside an ensemble that serves.
     */
    private void record(Ballots ballots, long from, Notification notification, long nowMillis) {
        if (ballots.put(from, notification)) {
            intervalMillis = settings.minNotificationMillis();
            sendAtMillis = Math.min(sendAtMillis, nowMillis + intervalMillis);
        }
    }

    /** Keeps this server from following one that is gone, and from leading by what others remember of an earlier round. */
    private boolean leads(Notification notification, Ballots ballots) {
        long leader = notification.leader();
        return leader == sid ? notification.electionEpoch() == clock : ballots.leads(leader);
    }

    private void beginRound(Vote own) {
        round.clear();
        support(own);
    }

    private void support(Vote proposal) {
        vote = proposal;
        endAtMillis = NEVER;
        if (initial.zxid() != DATA_MISSING) {
            round.put(sid, notification());
        }
    }

    /**
     * Ends the round if a quorum and every voter that is there support the proposal: no better vote can arrive then, since a voter
     * only leaves its vote for a better one, and a better one would have to come from a voter. With a quorum only, lets it end in a
     * while.
     */
    private void countSupporters(long nowMillis) {
        SortedSet<Long> agreeing = round.agreeing(notification());
        if (!members.isQuorum(agreeing)) {
            return;
        }
        if (members.voters().stream().allMatch(voter -> agreeing.contains(voter) || isGone(voter))) {
            end(vote, agreeing);
        } else if (endAtMillis == NEVER) {
            endAtMillis = nowMillis + FINALIZE_MILLIS;
        }
    }

    private boolean isGone(long voter) {
        return hasServed && absent.contains(voter);
    }

    /** The only place where a round ends. */
    private void end(Vote elected, SortedSet<Long> agreeing) {
        vote = elected;
        state = stateUnder(elected.leader());
        supporters.addAll(agreeing);
        sendAtMillis = NEVER;
        endAtMillis = NEVER;
    }

    private PeerState stateUnder(long leader) {
        if (leader == sid) {
            return LEADING;
        }
        return members.isVoter(sid) ? FOLLOWING : OBSERVING;
    }

    private void noteLooker(long from, Notification notification) {
        boolean stillInRound = notification.electionEpoch() == clock && notification.leader() == vote.leader();
        if (notification.state() == LOOKING && !stillInRound && supporters.contains(from)) {
            lookers.add(from);
        }
    }

    /**
     * A voter in an earlier round is told of this one, but not twice in a moment: one that takes this server for a stranger
     * answers at once whatever it hears, and the two would never stop. What changes meanwhile, all voters hear anyway.
     */
    private boolean isToBeTold(long voter, long nowMillis) {
        if (nowMillis < tellAtMillis.getOrDefault(voter, nowMillis)) {
            return false;
        }
        tellAtMillis.put(voter, nowMillis + settings.minNotificationMillis() / 2);
        return true;
    }

    private void answerIf(boolean asked, long to) {
        if (asked) {
            out.send(to, notification());
        }
    }

    private void sendToAll(long nowMillis) {
        sendAtMillis = nowMillis + intervalMillis;
        for (long voter : members.voters()) {
            if (voter != sid) {
                out.send(voter, notification());
            }
        }
    }

    /** What this server says now: its proposal while it looks, the vote that was elected from then on. */
    private Notification notification() {
        return new Notification(state, vote.leader(), vote.zxid(), clock, vote.peerEpoch(), members.text());
    }
}
