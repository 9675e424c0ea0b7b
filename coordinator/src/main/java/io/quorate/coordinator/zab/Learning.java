package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.LearnerInfo;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;
import io.quorate.wire.quorum.Zxid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.agrona.collections.LongArrayQueue;

/**
 * A follower or an observer (quorum protocol, sections 7, 9, 10.2 and 11): promises the epoch, takes over the leader's history,
 * and then logs, acknowledges and applies what the leader sends.
 *
 * <pre>
 *   GREETING ── LEADERINFO ─► PROMISING ── stored ─► PROMISED ── DIFF, TRUNC or SNAP ─►
 *   TAKING_OVER ── NEWLEADER ─► ADOPTING ── on disk, own epoch stored ─► ADOPTED ── UPTODATE ─► SERVING
 * </pre>
 *
 * <p>What arrives while the disk is not ready for it waits in {@link #held}, in order.
 */
final class Learning implements Role {

    private enum Phase {
        GREETING,
        PROMISING,
        PROMISED,
        TAKING_OVER,
        ADOPTING,
        ADOPTED,
        SERVING
    }

    /** What the history here still needs before anything can be added to it. */
    private enum Preparation {
        NONE,
        /** The log is being cut; then the state is rebuilt if it held more. */
        TRUNCATING,
        /** A copy is coming in. */
        LOADING,
        /** What the log has beyond the copy is being cut. */
        CUTTING,
        /** The copy is being written to disk. */
        STORING,
        /** The log is told that it begins behind the copy. */
        RESTARTING
    }

    private static final int HELD_MAX = 1_000_000;

    /** Said by a server without usable data in place of its last zxid: it is sent a copy then (section 3.7). */
    private static final long NOTHING = -1;

    private final Zab zab;
    private final ZabSettings settings;
    private final History history;
    private final long leader;
    private final boolean observer;
    private final Deque<QuorumPacket> held = new ArrayDeque<>();
    private final LongArrayQueue unacked = new LongArrayQueue();
    private Phase phase = Phase.GREETING;
    private Link link;
    private long epoch;
    private long heardMillis;
    private boolean ended;

    private Preparation preparation = Preparation.NONE;
    private long targetZxid;
    private boolean rebuild;
    private long adoptedZxid;
    private boolean storingEpoch;

    Learning(Zab zab, long leader, boolean observer) {
        this.zab = zab;
        this.settings = zab.settings();
        this.history = zab.history();
        this.leader = leader;
        this.observer = observer;
    }

    @Override
    public void begin() {
        for (Link early : zab.early().keySet()) {
            early.close();
        }
        zab.early().clear();
        heardMillis = zab.now();
        link = zab.links().connect(leader);
        LearnerInfo info = new LearnerInfo(settings.sid(), LearnerInfo.PROTOCOL_VERSION, 0);
        long promised = zab.promisedEpoch();
        link.send(observer ? QuorumPacket.observerInfo(promised, info) : QuorumPacket.followerInfo(promised, info));
    }

    @Override
    public void end() {
        ended = true;
        link.close();
    }

    @Override
    public void onLinkGone(Link gone) {
        if (gone.equals(link)) {
            zab.leave("the connection to leader " + leader + " is gone");
        }
    }

    @Override
    public long tick() {
        int limit = phase.compareTo(Phase.ADOPTED) < 0 ? settings.initLimit() : settings.syncLimit();
        long deadline = heardMillis + (long) limit * settings.tickMillis();
        // What this server does itself, such as storing a copy, is no silence of the leader.
        boolean idle = preparation == Preparation.NONE || preparation == Preparation.LOADING;
        boolean waitingForLeader = idle && phase != Phase.ADOPTING;
        if (waitingForLeader && zab.now() > deadline) {
            zab.leave("leader %d was silent for %d ms".formatted(leader, zab.now() - heardMillis));
            return zab.now();
        }
        // Often enough to notice when it is this server that stood still.
        return Math.min(
                waitingForLeader ? deadline + 1 : Long.MAX_VALUE, zab.now() + Math.max(1, settings.tickMillis() / 2));
    }

    @Override
    public void onPacket(Link from, QuorumPacket packet) {
        if (!from.equals(link)) {
            return;
        }
        heardMillis = zab.now();
        PacketType type = packet.packetType();
        if (type == null) {
            return;
        }
        switch (phase) {
            case GREETING -> onLeaderInfo(type, packet);
            case PROMISING -> zab.leave("leader " + leader + " sent " + packet + " before the promise");
            case PROMISED -> onOpening(type, packet);
            default -> onHistory(type, packet);
        }
    }

    // Discovery

    private void onLeaderInfo(PacketType type, QuorumPacket packet) {
        if (type != PacketType.LEADERINFO) {
            zab.leave("leader " + leader + " began with " + packet);
            return;
        }
        epoch = Zxid.epoch(packet.zxid());
        if (epoch > zab.promisedEpoch()) {
            phase = Phase.PROMISING;
            zab.storeAcceptedEpoch(epoch);
        } else if (epoch == zab.acceptedEpoch()) {
            promise(EpochAck.SAME_EPOCH);
        } else {
            zab.leave("leader %d wants epoch %d, but %d was promised to another"
                    .formatted(leader, epoch, zab.promisedEpoch()));
        }
    }

    @Override
    public void onAcceptedEpochStored(long stored) {
        if (phase == Phase.PROMISING && stored == epoch) {
            promise((int) zab.currentEpoch());
        }
    }

    private void promise(int currentEpoch) {
        phase = Phase.PROMISED;
        long last = zab.needsCopy() ? NOTHING : history.lastLogged();
        link.send(QuorumPacket.ackEpoch(last, new EpochAck(currentEpoch)));
    }

    // Synchronization

    private void onOpening(PacketType type, QuorumPacket packet) {
        zab.say("leader %d synchronizes this server at 0x%x by %s".formatted(leader, history.lastLogged(), packet));
        phase = Phase.TAKING_OVER;
        targetZxid = packet.zxid();
        switch (type) {
            case DIFF -> history.applyTail();
            case TRUNC -> truncate();
            case SNAP -> {
                preparation = Preparation.LOADING;
                history.beginCopy();
            }
            default -> zab.leave("leader " + leader + " sent " + packet + " instead of its history");
        }
    }

    /**
     * Cuts the log. A copy of a leader that was never established may have put a snapshot here that is newer than where to cut, and
     * nothing older: then the disk could not give the state there, and this server needs a copy itself.
     */
    private void truncate() {
        if (history.lastApplied() > targetZxid && !zab.service().canReload(targetZxid)) {
            zab.needCopy();
            zab.leave("the disk does not reach back to 0x%x: a copy of the state is needed".formatted(targetZxid));
            return;
        }
        preparation = Preparation.TRUNCATING;
        rebuild = history.cut(targetZxid);
    }

    @Override
    public void onPart(Link from, SnapshotPart part) {
        if (from.equals(link) && preparation == Preparation.LOADING) {
            heardMillis = zab.now();
            zab.service().load(part);
        }
    }

    /** The copy is complete in memory: what the disk has beyond it goes, then it is stored. */
    @Override
    public void onPartsEnd(Link from) {
        if (!from.equals(link) || preparation != Preparation.LOADING) {
            return;
        }
        heardMillis = zab.now();
        zab.service().endLoad(targetZxid);
        if (history.lastLogged() > targetZxid) {
            preparation = Preparation.CUTTING;
            history.cut(targetZxid);
        } else {
            store();
        }
    }

    private void store() {
        preparation = Preparation.STORING;
        history.store();
    }

    @Override
    public void onSnapshotStored(long zxid, boolean stored) {
        if (preparation != Preparation.STORING) {
            return;
        }
        if (stored) {
            preparation = Preparation.RESTARTING;
            // Before the log says that it begins anew: the next start takes the newest snapshot.
            zab.service().dropSnapshotsAfter(targetZxid);
            history.restart(targetZxid);
        } else {
            zab.leave("the copy of the leader's state could not be stored");
        }
    }

    @Override
    public void onCut(long zxid) {
        switch (preparation) {
            case TRUNCATING -> {
                if (rebuild) {
                    zab.say("rebuilding the state at 0x%x from disk".formatted(targetZxid));
                    history.reload(targetZxid);
                } else {
                    history.applyTail();
                }
                prepared();
            }
            case CUTTING -> store();
            case RESTARTING -> {
                zab.gotCopy();
                history.copied(targetZxid);
                prepared();
            }
            default -> throw new IllegalStateException("the log was cut at 0x" + Long.toHexString(zxid));
        }
    }

    private void prepared() {
        preparation = Preparation.NONE;
        heardMillis = zab.now();
        advance();
    }

    // The stream of transactions, during synchronization and after

    private void onHistory(PacketType type, QuorumPacket packet) {
        switch (type) {
            case PING -> {
                if (phase == Phase.SERVING) {
                    link.send(new QuorumPacket(
                            PacketType.PING.code(), packet.zxid(), zab.service().takeTouches(), packet.authinfo()));
                }
            }
            default -> {
                held.add(packet);
                if (held.size() > HELD_MAX) {
                    zab.leave("the disk is too slow for what the leader sends");
                    return;
                }
                advance();
            }
        }
    }

    /** Takes what waits, as far as the disk is ready for it. */
    private void advance() {
        while (!ended
                && preparation == Preparation.NONE
                && phase != Phase.ADOPTING
                && !held.isEmpty()
                && hasRoom(held.peek())) {
            take(held.poll());
        }
    }

    private boolean hasRoom(QuorumPacket packet) {
        return packet.data() == null || history.hasRoom(packet.data().length);
    }

    private void take(QuorumPacket packet) {
        switch (packet.packetType()) {
            case PROPOSAL -> onProposal(packet);
            case COMMIT -> onCommit(packet.zxid());
            case INFORM -> {
                onProposal(packet);
                onCommit(packet.zxid());
            }
            case NEWLEADER -> onNewLeader(packet);
            case UPTODATE -> onUpToDate();
            case SYNC -> {
                if (phase == Phase.SERVING) {
                    zab.service().onSynced();
                }
            }
            case REVALIDATE -> {
                if (phase == Phase.SERVING) {
                    zab.service().onRevalidated(packet);
                }
            }
            default -> zab.say("ignoring " + packet);
        }
    }

    private void onProposal(QuorumPacket packet) {
        long zxid = packet.zxid();
        long last = history.lastLogged();
        if (zxid <= last) {
            return;
        }
        boolean follows = zxid == last + 1 || (Zxid.epoch(zxid) > Zxid.epoch(last) && Zxid.counter(zxid) == 1);
        if (packet.data() == null || !follows) {
            zab.leave("leader %d sent %s behind 0x%x: a transaction is missing".formatted(leader, packet, last));
            return;
        }
        history.append(new Proposal(zxid, packet.data()));
        if (!observer && packet.packetType() == PacketType.PROPOSAL) {
            unacked.addLong(zxid);
        }
    }

    private void onCommit(long zxid) {
        if (ended || zxid <= history.lastApplied()) {
            return;
        }
        if (zxid != history.oldestUncommitted()) {
            zab.leave("leader %d commits 0x%x, but 0x%x is next".formatted(leader, zxid, history.oldestUncommitted()));
            return;
        }
        history.commitOldest();
    }

    private void onNewLeader(QuorumPacket packet) {
        if (Zxid.epoch(packet.zxid()) != epoch || phase != Phase.TAKING_OVER) {
            zab.leave("leader " + leader + " ends its history by " + packet);
            return;
        }
        phase = Phase.ADOPTING;
        adoptedZxid = history.lastLogged();
        expectCommits();
        checkAdopted();
    }

    /** Data first, epoch second, acknowledgement third (section 5). */
    private void checkAdopted() {
        if (phase == Phase.ADOPTING && !storingEpoch && history.flushed() >= adoptedZxid) {
            storingEpoch = true;
            zab.storeCurrentEpoch(epoch);
        }
    }

    @Override
    public void onCurrentEpochStored(long stored) {
        // The same epoch may have been ordered by the role before this one: its history is not yet on disk then.
        if (phase != Phase.ADOPTING || !storingEpoch || stored != epoch) {
            return;
        }
        phase = Phase.ADOPTED;
        heardMillis = zab.now();
        link.send(QuorumPacket.ack(Zxid.of(epoch, 0)));
        advance();
    }

    private void onUpToDate() {
        if (phase != Phase.ADOPTED) {
            zab.say("ignoring UPTODATE of leader " + leader);
            return;
        }
        phase = Phase.SERVING;
        link.send(QuorumPacket.ack(Zxid.of(epoch, 0)));
        acknowledge();
        zab.established(epoch);
        zab.service().learn();
    }

    /** What is committed already is acknowledged with the history as a whole, the rest one by one. */
    private void expectCommits() {
        unacked.clear();
        for (Iterator<Proposal> each = history.tail(); !observer && each.hasNext(); ) {
            unacked.addLong(each.next().zxid());
        }
    }

    @Override
    public void onFlushed() {
        checkAdopted();
        acknowledge();
        advance();
    }

    /** One packet for each proposal that is on disk, in order, and none before the history is acknowledged. */
    private void acknowledge() {
        if (phase != Phase.SERVING || ended) {
            return;
        }
        while (!unacked.isEmpty() && unacked.peekLong() <= history.flushed()) {
            link.send(QuorumPacket.ack(unacked.pollLong()));
        }
    }

    void forward(QuorumPacket packet) {
        link.send(packet);
    }

    long epoch() {
        return epoch;
    }
}
