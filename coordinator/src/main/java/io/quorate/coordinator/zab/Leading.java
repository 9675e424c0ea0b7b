package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.LearnerInfo;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
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
 *   ADOPTING ── own history on disk, own epoch stored, quorum of NEWLEADER acks ─► SERVING
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

    private record Answer(long zxid, Handler handler, QuorumPacket packet) {
        boolean isSync() {
            return packet.packetType() == PacketType.SYNC;
        }
    }

    private final Zab zab;
    private final ZabSettings settings;
    private final Members members;
    private final History history;
    private final Map<Link, Handler> handlers = new LinkedHashMap<>();
    private final Set<Long> connecting = new HashSet<>();
    private final Set<Long> promised = new HashSet<>();
    private final Synchronization synchronization;
    private final Succession succession;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Agreement agreement;
    private Phase phase = Phase.EPOCH;
    private long epoch;
    private long historyZxid;
    private long lastProposed;
    private boolean storingEpoch;
    private boolean adopted;
    private long phaseDeadline;
    private long nextPing;
    private boolean oddPing;
    private boolean committing;
    private boolean ended;

    Leading(Zab zab) {
        this.zab = zab;
        this.settings = zab.settings();
        this.members = settings.members();
        this.history = zab.history();
        this.synchronization = new Synchronization(zab);
        this.succession = new Succession(this, zab);
        this.agreement = new Agreement(this, zab);
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
        return (int) answers.stream().filter(Answer::isSync).count();
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
        if (!succession.isUnderWay()) {
            succession.begin(settings.sid());
            succession.advance();
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
            synchronizeWaiting();
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
            adopt();
            synchronizeWaiting();
        }
    }

    /** Data first, epoch second (section 5): whoever has the epoch is preferred to those that have more of the one before. */
    private void adopt() {
        if (phase == Phase.ADOPTING && !storingEpoch && history.flushed() >= historyZxid) {
            storingEpoch = true;
            zab.storeCurrentEpoch(epoch);
        }
    }

    // Synchronization

    private void synchronizeWaiting() {
        if (succession.hasMarker()) {
            return;
        }
        for (Handler handler : List.copyOf(handlers.values())) {
            if (handler.stage == Handler.Stage.PROMISED) {
                synchronization.synchronize(handler, epoch);
            }
        }
    }

    @Override
    public void onStreamed(Link link) {
        Handler handler = handlers.get(link);
        if (handler != null && handler.stage == Handler.Stage.STREAMING) {
            handler.heardMillis = zab.now();
            handler.deadlineMillis = inInitLimit() + syncLimitMillis();
            synchronization.complete(handler, epoch);
        }
        synchronizeIfAdopting();
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
        if (phase == Phase.ADOPTING && storingEpoch && stored == epoch) {
            adopted = true;
            checkServing();
        }
    }

    private void checkServing() {
        if (phase != Phase.ADOPTING || !adopted) {
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
        return !succession.isUnderWay() && !isCounterUsedUp() && history.hasRoom(entryBytes);
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
            adopt();
        }
    }

    /** Commits, in order, what a quorum has on disk. */
    private void commit() {
        if (phase != Phase.SERVING || committing || ended) {
            return;
        }
        committing = true;
        long agreed = agreement.newest();
        while (!ended && isAgreed(history.oldest(), agreed)) {
            Proposal proposal = history.oldest();
            announce(proposal);
            history.commitOldest();
        }
        committing = false;
        if (isCounterUsedUp() && !succession.isUnderWay() && !ended) {
            zab.say("the counter of epoch " + epoch + " runs out: a new epoch is about to begin");
            succession.begin(settings.sid());
        }
        if (!ended) {
            succession.advance();
        }
    }

    /** The last transaction of a leader that hands over to itself is for the next epoch: the others were not sent it. */
    private boolean isAgreed(Proposal oldest, long agreed) {
        return oldest != null && oldest.zxid() <= agreed && !succession.isMarker(oldest.zxid());
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
        while (!answers.isEmpty() && answers.peek().zxid() <= zxid) {
            Answer answer = answers.poll();
            answer.handler.send(answer.packet);
        }
    }

    Succession succession() {
        return succession;
    }

    boolean isServing() {
        return phase == Phase.SERVING;
    }

    /** The number of a transaction that this server makes for its own purpose, and that counts as proposed. */
    long takeZxid() {
        return ++lastProposed;
    }

    /** The voter with this number, if it follows and has everything; else null. */
    Handler synced(long sid) {
        for (Handler handler : handlers.values()) {
            if (handler.sid() == sid && isVoter(handler) && handler.stage == Handler.Stage.SYNCED) {
                return handler;
            }
        }
        return null;
    }

    int uncommitted() {
        return history.uncommitted();
    }

    /** Sends it once everything proposed so far is committed, in the same stream (section 14.3). */
    void answer(Learner learner, QuorumPacket packet) {
        Handler handler = (Handler) learner;
        if (history.uncommitted() == 0) {
            handler.send(packet);
        } else {
            answers.add(new Answer(lastProposed, handler, packet));
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
        if (succession.hasFailed(now)) {
            succession.end();
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
            return Math.min(nextPing, succession.deadline());
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
        answers.removeIf(answer -> answer.handler.equals(handler));
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
