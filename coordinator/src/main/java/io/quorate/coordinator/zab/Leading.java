package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.LearnerInfo;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * The leader (quorum protocol, sections 7, 8, 10.1 and 11): agrees on an epoch, brings the learners to its own history, and
 * then broadcasts.
 *
 * <pre>
 *   EPOCH ── quorum of accepted epochs ─► PROMISING ── stored ─► HISTORY ── quorum of promises ─►
 *   ADOPTING ── own epoch stored, quorum of NEWLEADER acks ─► SERVING
 * </pre>
 */
final class Leading implements Role {

    private enum Phase {
        EPOCH,
        PROMISING,
        HISTORY,
        ADOPTING,
        SERVING
    }

    /** Kept for what was planned before the shortage of numbers was seen. */
    private static final long COUNTER_RESERVE = 4096;

    private static final long NOBODY = -1;

    private record Sync(long zxid, Handler handler) {}

    private final Zab zab;
    private final ZabSettings settings;
    private final Members members;
    private final History history;
    private final Map<Link, Handler> handlers = new LinkedHashMap<>();
    private final Set<Long> connecting = new HashSet<>();
    private final Set<Long> promised = new HashSet<>();
    private final Deque<Sync> syncs = new ArrayDeque<>();
    private final long[] acks;
    private Phase phase = Phase.EPOCH;
    private long epoch;
    private long historyZxid;
    private long lastProposed;
    private boolean adopted;
    private long phaseDeadline;
    private long nextPing;
    private boolean oddPing;
    private boolean committing;
    private boolean ended;

    /** Who is to lead next, once everything proposed is committed; {@link #NOBODY} while this server goes on. */
    private long successor = NOBODY;

    private long markerZxid;
    private long handOverDeadline;

    Leading(Zab zab) {
        this.zab = zab;
        this.settings = zab.settings();
        this.members = settings.members();
        this.history = zab.history();
        this.acks = new long[members.voters().size()];
    }

    // Discovery

    @Override
    public void begin() {
        history.applyTail();
        historyZxid = history.lastLogged();
        epoch = zab.newestEpoch() + 1;
        phaseDeadline = inInitLimit();
        connecting.add(settings.sid());
        checkEpoch();
        Map<Link, QuorumPacket> early = new LinkedHashMap<>(zab.early());
        zab.early().clear();
        early.forEach((link, packet) -> {
            onAccepted(link);
            if (packet != null) {
                zab.onPacket(link, packet);
            }
        });
    }

    @Override
    public void end() {
        ended = true;
        handlers.keySet().forEach(Link::close);
        handlers.clear();
    }

    private long inInitLimit() {
        return zab.now() + (long) settings.initLimit() * settings.tickMillis();
    }

    int pendingSyncs() {
        return syncs.size();
    }

    private long syncLimitMillis() {
        return (long) settings.syncLimit() * settings.tickMillis();
    }

    @Override
    public void onAccepted(Link link) {
        Handler handler = new Handler(link);
        handler.heardMillis = zab.now();
        handler.deadlineMillis = inInitLimit() + syncLimitMillis();
        handlers.put(link, handler);
    }

    @Override
    public void onPacket(Link link, QuorumPacket packet) {
        Handler handler = handlers.get(link);
        if (handler == null) {
            return;
        }
        handler.heardMillis = zab.now();
        PacketType type = packet.packetType();
        switch (handler.stage) {
            case NEW -> onInfo(handler, type, packet);
            case TOLD -> onPromise(handler, type, packet);
            case SENT -> onHistoryAck(handler, type, packet);
            case SYNCED -> onTraffic(handler, type, packet);
            default -> drop(handler, "sent " + packet + " out of turn");
        }
    }

    private void onInfo(Handler handler, PacketType type, QuorumPacket packet) {
        if (type != PacketType.FOLLOWERINFO && type != PacketType.OBSERVERINFO) {
            drop(handler, "began with " + packet);
            return;
        }
        LearnerInfo info = LearnerInfo.read(packet.payload());
        handler.known(info.sid(), type == PacketType.OBSERVERINFO);
        if (info.protocolVersion() < LearnerInfo.PROTOCOL_VERSION) {
            drop(handler, "speaks a protocol older than ZAB 1.0");
            return;
        }
        if (info.configVersion() > 0) {
            drop(handler, "has a newer configuration: version " + Long.toHexString(info.configVersion()));
            return;
        }
        dropOlder(handler);
        long theirs = Zxid.epoch(packet.zxid());
        if (phase == Phase.SERVING && theirs > epoch && isMember(handler)) {
            onNewerPromise(handler, theirs);
        } else if (phase == Phase.EPOCH) {
            epoch = Math.max(epoch, theirs + 1);
            if (isVoter(handler)) {
                connecting.add(handler.sid());
            }
            checkEpoch();
        } else if (phase.compareTo(Phase.HISTORY) >= 0) {
            tell(handler);
        }
    }

    /**
     * A member came back that has promised a later epoch, to a leader that failed: it can never follow in this one, and the
     * ensemble would be a member short until somebody else fails. So this server begins an epoch that it may follow in.
     */
    private void onNewerPromise(Handler handler, long theirs) {
        zab.heardOfEpoch(theirs);
        drop(handler, "promised epoch " + theirs + " and cannot follow in epoch " + epoch);
        if (successor == NOBODY) {
            beginHandOver(settings.sid());
            advanceHandOver();
        }
    }

    private boolean isMember(Handler handler) {
        return isVoter(handler) || members.observers().contains(handler.sid());
    }

    private boolean isVoter(Handler handler) {
        return !handler.observer && members.isVoter(handler.sid());
    }

    /** A learner that comes again has lost its link, even if that was not heard of yet. */
    private void dropOlder(Handler newer) {
        for (Handler other : List.copyOf(handlers.values())) {
            if (!other.equals(newer) && other.sid() == newer.sid()) {
                drop(other, "connected again");
            }
        }
    }

    private void checkEpoch() {
        if (phase == Phase.EPOCH && members.isQuorum(connecting)) {
            phase = Phase.PROMISING;
            zab.storeAcceptedEpoch(epoch);
        }
    }

    @Override
    public void onAcceptedEpochStored(long stored) {
        if (phase != Phase.PROMISING || stored != epoch) {
            return;
        }
        phase = Phase.HISTORY;
        phaseDeadline = inInitLimit();
        promised.add(settings.sid());
        zab.say("leading epoch %d if a quorum follows: %d servers are here".formatted(epoch, connecting.size()));
        for (Handler handler : List.copyOf(handlers.values())) {
            if (handler.stage == Handler.Stage.KNOWN) {
                tell(handler);
            }
        }
        checkPromises();
    }

    private void tell(Handler handler) {
        handler.stage = Handler.Stage.TOLD;
        handler.send(QuorumPacket.leaderInfo(epoch));
    }

    private void onPromise(Handler handler, PacketType type, QuorumPacket packet) {
        if (type != PacketType.ACKEPOCH) {
            drop(handler, "sent " + packet + " instead of its promise");
            return;
        }
        int learnersEpoch = EpochAck.read(packet.payload()).currentEpoch();
        handler.lastZxid = packet.zxid();
        if (phase == Phase.HISTORY && learnersEpoch != EpochAck.SAME_EPOCH) {
            if (isNewer(learnersEpoch, packet.zxid())) {
                drop(
                        handler,
                        "has a newer history than this server: epoch %d, zxid 0x%x"
                                .formatted(learnersEpoch, packet.zxid()));
                return;
            }
            if (isVoter(handler) && packet.zxid() != -1) {
                promised.add(handler.sid());
            }
        }
        handler.stage = Handler.Stage.PROMISED;
        if (phase.compareTo(Phase.ADOPTING) >= 0) {
            synchronize(handler);
        } else {
            checkPromises();
        }
    }

    private boolean isNewer(long learnersEpoch, long zxid) {
        long own = zab.currentEpoch();
        return learnersEpoch > own || (learnersEpoch == own && zxid > historyZxid);
    }

    private void checkPromises() {
        if (phase == Phase.HISTORY && members.isQuorum(promised)) {
            phase = Phase.ADOPTING;
            phaseDeadline = inInitLimit();
            zab.storeCurrentEpoch(epoch);
            synchronizeWaiting();
        }
    }

    // Synchronization

    private void synchronizeWaiting() {
        for (Handler handler : List.copyOf(handlers.values())) {
            if (handler.stage == Handler.Stage.PROMISED) {
                synchronize(handler);
            }
        }
    }

    /** Decides what the learner lacks, and sends it (section 8.2). From here on it gets live traffic. */
    private void synchronize(Handler handler) {
        CommittedWindow window = history.window();
        long last = handler.lastZxid;
        boolean epochStart = Zxid.counter(last) == 0;
        if (settings.forceSnapshot()) {
            copy(handler);
        } else if (last == history.lastApplied()) {
            begin(handler, QuorumPacket.diff(last), last);
        } else if (last > window.max() && !epochStart) {
            begin(handler, QuorumPacket.trunc(window.max()), window.max());
        } else if (last < window.base() || last > window.max()) {
            copy(handler);
        } else {
            long floor = window.floor(last);
            long next = window.after(last).isEmpty()
                    ? last
                    : window.after(last).get(0).zxid();
            if (floor == last || epochStart) {
                begin(handler, QuorumPacket.diff(window.max()), last);
            } else if (Zxid.epoch(next) == Zxid.epoch(last)) {
                begin(handler, QuorumPacket.trunc(floor), floor);
            } else {
                copy(handler);
            }
        }
    }

    private void begin(Handler handler, QuorumPacket opening, long from) {
        zab.say("synchronizing %s at 0x%x by %s".formatted(handler, handler.lastZxid, opening));
        handler.stage = Handler.Stage.STREAMING;
        handler.link.send(opening);
        for (Proposal committed : history.window().after(from)) {
            handler.send(committed.packet());
            handler.send(QuorumPacket.commit(committed.zxid()));
        }
        sendUncommitted(handler);
        complete(handler);
    }

    /** A whole copy of the state, if the tree is not being walked for another purpose; otherwise later. */
    private void copy(Handler handler) {
        if (!zab.service().canStream()) {
            return;
        }
        QuorumPacket opening = QuorumPacket.snap(history.lastApplied());
        zab.say("synchronizing %s at 0x%x by %s".formatted(handler, handler.lastZxid, opening));
        handler.stage = Handler.Stage.STREAMING;
        handler.link.send(opening);
        sendUncommitted(handler);
        zab.service().stream(handler.link);
    }

    @Override
    public void onStreamed(Link link) {
        Handler handler = handlers.get(link);
        if (handler != null && handler.stage == Handler.Stage.STREAMING) {
            handler.heardMillis = zab.now();
            handler.deadlineMillis = inInitLimit() + syncLimitMillis();
            complete(handler);
        }
        synchronizeIfAdopting();
    }

    private void sendUncommitted(Handler handler) {
        if (handler.observer) {
            return;
        }
        for (Iterator<Proposal> each = history.tail(); each.hasNext(); ) {
            handler.propose(each.next().packet(), zab.now());
        }
    }

    private void complete(Handler handler) {
        handler.streamed();
        handler.forgive(history.lastApplied());
        handler.send(QuorumPacket.newLeader(epoch, members.text()));
    }

    private void onHistoryAck(Handler handler, PacketType type, QuorumPacket packet) {
        if (type != PacketType.ACK) {
            drop(handler, "sent " + packet + " before it took over the history");
            return;
        }
        if (packet.zxid() != Zxid.of(epoch, 0)) {
            drop(handler, "took over the history of another epoch: " + packet);
            return;
        }
        handler.stage = Handler.Stage.SYNCED;
        handler.acked = Zxid.of(epoch, 0);
        handler.deadlineMillis = zab.now() + syncLimitMillis();
        handler.beginTiming(zab.now());
        if (phase == Phase.SERVING) {
            welcome(handler);
        } else {
            checkServing();
        }
    }

    @Override
    public void onCurrentEpochStored(long stored) {
        if (phase == Phase.ADOPTING && stored == epoch) {
            adopted = true;
            checkServing();
        }
    }

    private void checkServing() {
        if (phase != Phase.ADOPTING || !adopted || history.flushed() < historyZxid) {
            return;
        }
        Set<Long> synced = new HashSet<>();
        synced.add(settings.sid());
        handlers.values().stream()
                .filter(handler -> handler.stage == Handler.Stage.SYNCED && isVoter(handler))
                .forEach(handler -> synced.add(handler.sid()));
        if (members.isQuorum(synced)) {
            serve();
        }
    }

    private void serve() {
        phase = Phase.SERVING;
        lastProposed = Zxid.of(epoch, 0);
        nextPing = zab.now() + settings.tickMillis() / 2;
        for (Handler handler : handlers.values()) {
            handler.deadlineMillis = Math.max(handler.deadlineMillis, zab.now() + syncLimitMillis());
            handler.heardMillis = zab.now();
            if (handler.stage == Handler.Stage.SYNCED) {
                welcome(handler);
            }
        }
        zab.established(epoch);
        zab.service().lead(epoch);
    }

    private void welcome(Handler handler) {
        handler.send(QuorumPacket.upToDate());
        zab.say(handler + " is up to date");
    }

    // Broadcast

    private void onTraffic(Handler handler, PacketType type, QuorumPacket packet) {
        handler.deadlineMillis = zab.now() + syncLimitMillis();
        if (type == null) {
            return;
        }
        switch (type) {
            case ACK -> {
                handler.onAck(packet.zxid(), zab.now());
                commit();
            }
            case PING -> {
                if (phase == Phase.SERVING) {
                    zab.service().onTouches(handler, packet.data() == null ? new byte[0] : packet.data());
                }
            }
            case REVALIDATE -> {
                if (phase == Phase.SERVING) {
                    zab.service().onRevalidate(handler, packet);
                }
            }
            case REQUEST -> {
                if (phase == Phase.SERVING) {
                    zab.service().onForwarded(handler, packet);
                }
            }
            default -> zab.say("ignoring " + packet + " from " + handler);
        }
    }

    long nextZxid() {
        return lastProposed + 1;
    }

    boolean hasRoom(int entryBytes) {
        return successor == NOBODY && !isCounterUsedUp() && history.hasRoom(entryBytes);
    }

    /** A counter that ran over would change the epoch: before that a new epoch begins (section 5). */
    private boolean isCounterUsedUp() {
        return Zxid.counter(lastProposed) >= settings.counterMax() - COUNTER_RESERVE;
    }

    void propose(long zxid, DirectBuffer entry, int offset, int length) {
        if (zxid != nextZxid() || Zxid.counter(zxid) > settings.counterMax() || phase != Phase.SERVING) {
            throw new IllegalStateException("proposal 0x%x after 0x%x".formatted(zxid, lastProposed));
        }
        lastProposed = zxid;
        byte[] bytes = new byte[length];
        entry.getBytes(offset, bytes);
        Proposal proposal = new Proposal(zxid, bytes);
        history.append(proposal, entry, offset, length);
        QuorumPacket packet = proposal.packet();
        for (Handler handler : handlers.values()) {
            if (handler.isLive() && !handler.observer) {
                handler.propose(packet, zab.now());
            }
        }
    }

    @Override
    public void onFlushed() {
        if (phase == Phase.SERVING) {
            commit();
        } else {
            checkServing();
        }
    }

    /** Commits, in order, what a quorum has on disk. */
    private void commit() {
        if (phase != Phase.SERVING || committing || ended) {
            return;
        }
        committing = true;
        long agreed = agreed();
        while (history.oldest() != null && history.oldest().zxid() <= agreed && !ended) {
            Proposal proposal = history.oldest();
            announce(proposal);
            history.commitOldest();
        }
        committing = false;
        if (isCounterUsedUp() && successor == NOBODY && !ended) {
            zab.say("the counter of epoch " + epoch + " runs out: a new epoch is about to begin");
            beginHandOver(settings.sid());
        }
        advanceHandOver();
    }

    private void announce(Proposal proposal) {
        long zxid = proposal.zxid();
        QuorumPacket commit = QuorumPacket.commit(zxid);
        QuorumPacket inform = null;
        for (Handler handler : handlers.values()) {
            if (!handler.isLive()) {
                continue;
            }
            if (handler.observer) {
                inform = inform == null ? QuorumPacket.inform(zxid, proposal.entry()) : inform;
                handler.send(inform);
            } else {
                handler.send(commit);
            }
        }
        while (!syncs.isEmpty() && syncs.peek().zxid() <= zxid) {
            answerSync(syncs.poll().handler());
        }
    }

    /** The newest zxid that a quorum has on disk. Acknowledgements are cumulative: they come in order on each link. */
    private long agreed() {
        int count = 0;
        for (long voter : members.voters()) {
            acks[count++] = ackOf(voter);
        }
        if (members.groups().isEmpty()) {
            Arrays.sort(acks);
            return acks[(count - 1) / 2];
        }
        long[] newestFirst = acks.clone();
        Arrays.sort(newestFirst);
        for (int i = count - 1; i >= 0; i--) {
            long zxid = newestFirst[i];
            Set<Long> have = new HashSet<>();
            members.voters().stream().filter(voter -> ackOf(voter) >= zxid).forEach(have::add);
            if (members.isQuorum(have)) {
                return zxid;
            }
        }
        return -1;
    }

    private long ackOf(long voter) {
        if (voter == settings.sid()) {
            return history.flushed();
        }
        for (Handler handler : handlers.values()) {
            if (handler.sid() == voter && handler.stage == Handler.Stage.SYNCED && !handler.observer) {
                return handler.acked;
            }
        }
        return -1;
    }

    int uncommitted() {
        return history.uncommitted();
    }

    /** Answers once everything proposed so far is committed, in the same stream (section 14.3). */
    void sync(Learner learner) {
        Handler handler = (Handler) learner;
        if (history.uncommitted() == 0) {
            answerSync(handler);
        } else {
            syncs.add(new Sync(lastProposed, handler));
        }
    }

    private static void answerSync(Handler handler) {
        handler.send(new QuorumPacket(PacketType.SYNC.code(), 0, null, null));
    }

    // Planned end

    /**
     * Lets another member lead from now on: what is in flight is committed first, nothing new is proposed. Returns why that is
     * not possible, or null.
     */
    String handOver(long to) {
        Handler handler = synced(to);
        if (phase != Phase.SERVING || successor != NOBODY) {
            return "the leader is busy with an election or a hand-over";
        }
        if (handler == null || members.weight(to) == 0) {
            return "server " + to + " is no voter that follows";
        }
        zab.say("handing over to server " + to);
        beginHandOver(to);
        advanceHandOver();
        return null;
    }

    private Handler synced(long sid) {
        for (Handler handler : handlers.values()) {
            if (handler.sid() == sid && isVoter(handler) && handler.stage == Handler.Stage.SYNCED) {
                return handler;
            }
        }
        return null;
    }

    /** The voter that should lead next if nobody says which: the one whose disk is furthest; −1 if none follows. */
    long bestSuccessor() {
        Handler best = null;
        for (Handler handler : handlers.values()) {
            boolean may =
                    handler.stage == Handler.Stage.SYNCED && isVoter(handler) && members.weight(handler.sid()) > 0;
            if (may && (best == null || isFurther(handler, best))) {
                best = handler;
            }
        }
        return best == null ? NOBODY : best.sid();
    }

    private static boolean isFurther(Handler one, Handler other) {
        return one.acked > other.acked || (one.acked == other.acked && one.sid() > other.sid());
    }

    boolean isHandingOver() {
        return successor != NOBODY;
    }

    /** Nothing is served meanwhile: another server gets no longer than a tick, and this one as long as its disk may take. */
    private void beginHandOver(long to) {
        successor = to;
        handOverDeadline = zab.now() + (to == settings.sid() ? syncLimitMillis() : settings.tickMillis());
    }

    private boolean isSuccessorGone() {
        return successor != NOBODY && successor != settings.sid() && synced(successor) == null;
    }

    /** As long as the successor has nothing that others lack, this server can simply go on. */
    private void endHandOver() {
        String why = "server " + successor + " did not take over in time";
        if (markerZxid == 0) {
            zab.say(why + ": this server goes on");
            successor = NOBODY;
        } else {
            zab.leave(why);
        }
    }

    /**
     * A last transaction that nobody but the successor gets makes its history the most recent one, so that it is elected
     * whatever the numbers of the servers. It changes nothing, and no server but the next leader can ever commit it.
     */
    private void advanceHandOver() {
        if (successor == NOBODY || ended || history.uncommitted() > (markerZxid == 0 ? 0 : 1)) {
            return;
        }
        if (isSuccessorGone()) {
            return;
        }
        boolean toItself = successor == settings.sid();
        Handler handler = synced(successor);
        if (markerZxid == 0) {
            markerZxid = nextZxid();
            lastProposed = markerZxid;
            Proposal marker = new Proposal(markerZxid, zab.service().marker(markerZxid));
            if (toItself) {
                history.append(marker);
            } else {
                handler.propose(marker.packet(), zab.now());
            }
        } else if (toItself ? history.flushed() >= markerZxid : handler.acked >= markerZxid) {
            zab.leaveFor(successor, markerZxid, "server " + successor + " leads from now on");
        }
    }

    // Liveness

    @Override
    public long tick() {
        long now = zab.now();
        if (phase != Phase.SERVING && now >= phaseDeadline) {
            zab.leave("no quorum of followers within initLimit");
            return now;
        }
        if (phase == Phase.EPOCH && now >= waitUntil() && zab.isAbandoned()) {
            zab.leave("a voter that elected this server looks for another leader");
            return now;
        }
        for (Handler handler : List.copyOf(handlers.values())) {
            checkAlive(handler, now);
        }
        if (isSuccessorGone() || (successor != NOBODY && now >= handOverDeadline)) {
            endHandOver();
            return now;
        }
        if (phase == Phase.SERVING && now >= nextPing) {
            nextPing = now + Math.max(1, settings.tickMillis() / 2);
            oddPing = !oddPing;
            if (oddPing && !hasQuorum(now)) {
                zab.leave("lost the quorum of followers");
                return now;
            }
            ping(now);
        }
        synchronizeIfAdopting();
        if (phase == Phase.SERVING) {
            return successor == NOBODY ? nextPing : Math.min(nextPing, handOverDeadline);
        }
        return Math.min(phaseDeadline, now + settings.tickMillis() / 2);
    }

    /** Until then a leader waits for voters that have changed their mind; for ever if nothing else is set (section 7.3). */
    private long waitUntil() {
        int millis = settings.waitForEpochMillis();
        long begin = phaseDeadline - (long) settings.initLimit() * settings.tickMillis();
        return millis < 0 ? Long.MAX_VALUE : begin + millis;
    }

    private void synchronizeIfAdopting() {
        if (phase.compareTo(Phase.ADOPTING) >= 0) {
            synchronizeWaiting();
        }
    }

    private void checkAlive(Handler handler, long now) {
        long limit = phase == Phase.SERVING && handler.stage == Handler.Stage.SYNCED
                ? syncLimitMillis()
                : (long) settings.initLimit() * settings.tickMillis();
        if (handler.stage != Handler.Stage.STREAMING && now - handler.heardMillis > limit) {
            drop(handler, "was silent for " + limit + " ms");
        } else if (handler.link.unsentBytes() > settings.unsentBytesMax()) {
            drop(handler, "does not take what it is sent");
        }
    }

    private boolean hasQuorum(long now) {
        Set<Long> here = new HashSet<>();
        here.add(settings.sid());
        for (Handler handler : handlers.values()) {
            if (isVoter(handler) && handler.deadlineMillis >= now) {
                here.add(handler.sid());
            }
        }
        return members.isQuorum(here);
    }

    private void ping(long now) {
        QuorumPacket ping = QuorumPacket.ping(lastProposed);
        for (Handler handler : List.copyOf(handlers.values())) {
            if (handler.stage == Handler.Stage.SYNCED && handler.isSlow(now, syncLimitMillis())) {
                drop(handler, "does not acknowledge proposals");
            } else if (handler.stage == Handler.Stage.SENT || handler.stage == Handler.Stage.SYNCED) {
                handler.send(ping);
            }
        }
    }

    private void drop(Handler handler, String why) {
        zab.say(handler + " " + why + ": its connection is closed");
        remove(handler);
        handler.link.close();
    }

    @Override
    public void onLinkGone(Link link) {
        Handler handler = handlers.get(link);
        if (handler != null) {
            zab.say(handler + " is gone");
            remove(handler);
        }
    }

    private void remove(Handler handler) {
        handlers.remove(handler.link);
        syncs.removeIf(sync -> sync.handler().equals(handler));
        if (phase == Phase.EPOCH) {
            connecting.remove(handler.sid());
        }
        if (phase == Phase.SERVING) {
            zab.service().onLearnerGone(handler);
        }
    }

    // Facts

    long epoch() {
        return epoch;
    }

    Collection<Handler> handlers() {
        return new ArrayList<>(handlers.values());
    }
}
