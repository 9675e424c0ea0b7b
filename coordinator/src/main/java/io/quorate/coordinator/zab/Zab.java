package io.quorate.coordinator.zab;

import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * One member's part in ZAB: takes events, gives orders, and says when it wants to be called next. What it is at a time is its
 * {@link Role}; every change from one to another is made here.
 *
 * <pre>
 *            ┌────────────── elected itself ──► Leading ─────┐
 *   Looking ─┤                                               ├─ lost its quorum, leader or link ─► Looking
 *            └────────────── elected another ─► Learning ────┘
 * </pre>
 *
 * <p>Used by the core's thread alone. Breaking an invariant throws, which ends the process.
 */
public final class Zab implements Ensemble {

    private final ZabSettings settings;
    private final Service service;
    private final EpochOut epochs;
    private final LinkOut links;
    private final Narrator narrator;
    private final Election election;
    private final History history;
    private final Map<Link, QuorumPacket> early = new LinkedHashMap<>();
    private Role role;
    private boolean leaving;
    private boolean serving;
    private boolean changing;
    /** The clock of the roles: it stands still while this server does, whose own stall is nobody else's silence. */
    private long nowMillis;

    private long realMillis;
    private long stoppedMillis;
    private long wakeMillis = Long.MAX_VALUE;
    private long acceptedEpoch;
    private long promisedEpoch;
    private long heardEpoch;
    private boolean copyNeeded;
    private long currentEpoch;
    private long epoch;
    private long successor;
    private long successorZxid;

    public Zab(
            ZabSettings settings,
            Service service,
            LogOut log,
            EpochOut epochs,
            ElectionOut election,
            LinkOut links,
            Narrator narrator) {
        this.settings = settings;
        this.service = service;
        this.epochs = epochs;
        this.links = links;
        this.narrator = narrator;
        this.successor = settings.sid();
        this.election = new Election(settings, election);
        this.history = new History(service, log, new CommittedWindow(settings.window(), settings.windowBytes()));
    }

    // Start

    @Override
    public void replayed(long zxid, byte[] entry) {
        history.replayed(new Proposal(zxid, entry));
    }

    /** Begins to look for a leader. The service holds everything that the log has, and it is durable. */
    @Override
    public void start(long accepted, long current) {
        acceptedEpoch = accepted;
        promisedEpoch = accepted;
        currentEpoch = current;
        history.recovered(service.lastApplied());
        change(new Looking(this));
        settleRole();
    }

    /** Says what time it is for all that follows, on the monotonic clock in milliseconds. */
    @Override
    public void at(long now) {
        long expected = Math.max(realMillis, wakeMillis);
        if (wakeMillis != Long.MAX_VALUE && now - expected > settings.tickMillis()) {
            stoppedMillis += now - expected;
        }
        realMillis = now;
        nowMillis = now - stoppedMillis;
    }

    /** Does what time asks for, and returns when to be called next. */
    @Override
    public long tick() {
        Role before = role;
        long next = role.tick();
        settleRole();
        if (!role.equals(before)) {
            next = nowMillis;
        }
        wakeMillis = next == Long.MAX_VALUE ? Long.MAX_VALUE : next + stoppedMillis;
        return wakeMillis;
    }

    // Events: the election port

    public void onNotification(long from, Notification notification) {
        election.onNotification(from, notification, nowMillis);
        settleRole();
    }

    /** The operating system of another member says that nobody listens on its election port. */
    public void onAbsent(long member) {
        election.onAbsent(member, nowMillis);
        settleRole();
    }

    // Events: the quorum port

    /** Another member opened a link to this one. Links opened by {@link LinkOut} bring no such event. */
    public void onAccepted(Link link) {
        role.onAccepted(link);
        settleRole();
    }

    /** A packet came in. One that cannot be understood costs its link. */
    public void onPacket(Link link, QuorumPacket packet) {
        try {
            role.onPacket(link, packet);
        } catch (MalformedException e) {
            giveUp(link, packet.toString(), e);
        }
        settleRole();
    }

    /** A part of the snapshot behind a SNAP packet. One that cannot be part of a state costs its link. */
    public void onPart(Link link, SnapshotPart part) {
        try {
            role.onPart(link, part);
        } catch (MalformedException e) {
            giveUp(link, "a snapshot", e);
        }
        settleRole();
    }

    private void giveUp(Link link, String what, MalformedException why) {
        say("a peer sent %s, which cannot be read: %s".formatted(what, why.getMessage()));
        link.close();
        role.onLinkGone(link);
    }

    /** The snapshot was read whole, its signature included. */
    public void onPartsEnd(Link link) {
        role.onPartsEnd(link);
        settleRole();
    }

    public void onLinkGone(Link link) {
        role.onLinkGone(link);
        settleRole();
    }

    // Events: the disk

    @Override
    public void onLogFlushed(long zxid) {
        history.onFlushed(zxid);
        role.onFlushed();
        settleRole();
    }

    public void onLogCut(long zxid) {
        history.onCut(zxid);
        role.onCut(zxid);
        settleRole();
    }

    public void onAcceptedEpochStored(long stored) {
        acceptedEpoch = Math.max(acceptedEpoch, stored);
        role.onAcceptedEpochStored(stored);
        settleRole();
    }

    public void onCurrentEpochStored(long stored) {
        currentEpoch = Math.max(currentEpoch, stored);
        role.onCurrentEpochStored(stored);
        settleRole();
    }

    // Events: the service

    /** The snapshot that {@link Service#storeSnapshot} ordered is on disk; or was given up. */
    @Override
    public void onSnapshotStored(long zxid, boolean stored) {
        history.onStored();
        role.onSnapshotStored(zxid, stored);
        settleRole();
    }

    /** Everything of {@link Service#stream} was given to the link; or the link is gone. */
    @Override
    public void onStreamed(Link link) {
        role.onStreamed(link);
        settleRole();
    }

    // Leading

    @Override
    public long nextZxid() {
        return leading().nextZxid();
    }

    @Override
    public boolean hasRoom(int entryBytes) {
        return role instanceof Leading leading && leading.hasRoom(entryBytes);
    }

    @Override
    public void propose(long zxid, DirectBuffer entry, int offset, int length) {
        leading().propose(zxid, entry, offset, length);
    }

    private Leading leading() {
        if (role instanceof Leading leading) {
            return leading;
        }
        throw new IllegalStateException("not the leader");
    }

    /** Transactions proposed and not committed. */
    public int inFlight() {
        return history.uncommitted();
    }

    @Override
    public void answer(Learner to, QuorumPacket packet) {
        leading().answer(to, packet);
    }

    /**
     * Lets another member lead from now on, without an outage longer than an election between servers that know the result.
     *
     * @return why that is not possible, or null if it is under way
     */
    public String handOver(long to) {
        if (!(role instanceof Leading leading)) {
            return "this server does not lead";
        }
        String refusal = leading.succession().handOver(to);
        settleRole();
        return refusal;
    }

    /** The follower that {@link #handOver} had best be asked for; −1 if there is none, or this server does not lead. */
    public long bestSuccessor() {
        return role instanceof Leading leading ? leading.succession().best() : -1;
    }

    /** True while {@link #handOver} is under way at this leader. */
    public boolean isHandingOver() {
        return role instanceof Leading leading && leading.succession().isUnderWay();
    }

    // Learning

    /** Sends a REQUEST or REVALIDATE to the leader. Only while the service learns. */
    @Override
    public void forward(QuorumPacket packet) {
        if (!(role instanceof Learning learning)) {
            throw new IllegalStateException("no leader to forward to");
        }
        learning.forward(packet);
    }

    // Facts

    /** What this server is. FOLLOWING and LEADING begin with the end of the election, before it serves. */
    @Override
    public PeerState state() {
        return role instanceof Looking ? PeerState.LOOKING : election.state();
    }

    /** True between {@link Service#lead} or {@link Service#learn} and {@link Service#retire}. */
    public boolean isServing() {
        return serving;
    }

    /** The leader that was elected; −1 while looking. */
    public long leader() {
        return role instanceof Looking ? -1 : election.leader();
    }

    /** The epoch in which this server serves, or last served. */
    @Override
    public long epoch() {
        return epoch;
    }

    public ZabSettings settings() {
        return settings;
    }

    /** The learners of this leader; empty on any other server. */
    public List<LearnerFacts> learners() {
        List<LearnerFacts> facts = new ArrayList<>();
        if (role instanceof Leading leading) {
            for (Handler handler : leading.handlers()) {
                boolean synced = handler.stage == Handler.Stage.SYNCED;
                facts.add(new LearnerFacts(handler.sid(), handler.observer, synced, handler.acked));
            }
        }
        return facts;
    }

    /** Syncs that wait for a commit at this leader; 0 on any other server. */
    public int pendingSyncs() {
        return role instanceof Leading leading ? leading.pendingSyncs() : 0;
    }

    /**
     * What a leader knows of a learner.
     *
     * @param synced it has taken over the leader's history
     * @param acked everything up to here is on its disk
     */
    public record LearnerFacts(long sid, boolean observer, boolean synced, long acked) {}

    // For the roles

    long now() {
        return nowMillis;
    }

    Service service() {
        return service;
    }

    History history() {
        return history;
    }

    LinkOut links() {
        return links;
    }

    /** Links that came while nobody knew who leads, with the first packet of each, if it was heard. */
    Map<Link, QuorumPacket> early() {
        return early;
    }

    /** The epoch promised last, be the promise on disk or not: nothing up to it is promised to anyone else. */
    long promisedEpoch() {
        return promisedEpoch;
    }

    /** Another member has promised this epoch, whoever to. */
    void heardOfEpoch(long promised) {
        heardEpoch = Math.max(heardEpoch, promised);
    }

    /** The newest epoch that this server knows to be promised: one that it begins itself must be newer. */
    long newestEpoch() {
        return Math.max(promisedEpoch, heardEpoch);
    }

    /** The history here cannot be brought to a leader's but by a copy. */
    void needCopy() {
        copyNeeded = true;
    }

    boolean needsCopy() {
        return copyNeeded;
    }

    void gotCopy() {
        copyNeeded = false;
    }

    /** The epoch promised last, on disk. */
    long acceptedEpoch() {
        return acceptedEpoch;
    }

    long currentEpoch() {
        return currentEpoch;
    }

    void storeAcceptedEpoch(long accepted) {
        promisedEpoch = Math.max(promisedEpoch, accepted);
        epochs.storeAcceptedEpoch(accepted);
    }

    void storeCurrentEpoch(long current) {
        epochs.storeCurrentEpoch(current);
    }

    void say(String event) {
        narrator.say(event);
    }

    void look() {
        if (successor == settings.sid()) {
            election.look(history.lastLogged(), currentEpoch, nowMillis);
        } else {
            election.look(successor, successorZxid, currentEpoch, nowMillis);
        }
        successor = settings.sid();
    }

    /** True if a voter that helped to elect this server looks for another leader by now (section 7.3). */
    boolean isAbandoned() {
        return !election.lookers().isEmpty();
    }

    long electionTick() {
        return election.tick(nowMillis);
    }

    /** The role serves from now on, in this epoch. */
    void established(long newEpoch) {
        epoch = newEpoch;
        serving = true;
        election.established(newEpoch);
        say("%s in epoch %d, at 0x%x".formatted(election.state(), newEpoch, history.lastApplied()));
    }

    /** The role is over. It is told so at once, and replaced when the event at hand is done with. */
    void leave(String why) {
        if (leaving) {
            return;
        }
        leaving = true;
        say("no longer %s: %s".formatted(election.state(), why));
        role.end();
        election.retire();
        if (serving) {
            serving = false;
            service.retire();
        }
    }

    /** The same, in favour of a member that is known to have everything up to this zxid. */
    void leaveFor(long member, long zxid, String why) {
        successor = member;
        successorZxid = zxid;
        leave(why);
    }

    /** Replaces the role if it is over, or if the election is. */
    private void settleRole() {
        if (changing) {
            return;
        }
        changing = true;
        while (leaving || isElected()) {
            if (leaving) {
                leaving = false;
                change(new Looking(this));
            } else {
                elected();
            }
        }
        changing = false;
    }

    private boolean isElected() {
        return role instanceof Looking looking && looking.isElecting() && election.state() != PeerState.LOOKING;
    }

    private void elected() {
        long leader = election.leader();
        say("%s: leader %d was elected".formatted(election.state(), leader));
        switch (election.state()) {
            case LEADING -> change(new Leading(this));
            case FOLLOWING -> change(new Learning(this, leader, false));
            default -> change(new Learning(this, leader, true));
        }
    }

    private void change(Role next) {
        role = next;
        role.begin();
    }
}
