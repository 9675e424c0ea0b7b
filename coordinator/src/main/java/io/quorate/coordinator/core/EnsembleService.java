package io.quorate.coordinator.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.coordinator.zab.Ensemble;
import io.quorate.coordinator.zab.Learner;
import io.quorate.coordinator.zab.Link;
import io.quorate.coordinator.zab.Service;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.RevalidationReply;
import io.quorate.wire.quorum.SnapshotPart;
import io.quorate.wire.quorum.Zxid;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.TxnHeader;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;

/** What a member of an ensemble does for the quorum: changes its role, its state, and hands that state to others. */
final class EnsembleService implements Service {

    private static final String VERSION_KEY = "version=";
    private static final int HEX = 16;
    private static final int READ_ONLY_WAIT_MILLIS_MIN = 2000;
    private static final long NEVER = -1;

    private final Core core;
    private final String config;
    private final StoredState stored;
    private final boolean readOnly;
    private final int readOnlyWaitMillis;
    private Ensemble ensemble;
    private StateLoad load;
    private LinkStream stream;
    private Leading leading;
    private Learning learning;
    private long acceptedEpoch;
    private long currentEpoch;
    private long lookingSinceMillis = NEVER;

    EnsembleService(Core core, EnsembleParts parts) {
        this.core = core;
        this.config = parts.settings().members().text();
        this.stored = parts.stored();
        this.readOnly = parts.readOnly();
        this.readOnlyWaitMillis =
                Math.max(READ_ONLY_WAIT_MILLIS_MIN, core.settings().tickMillis());
    }

    /** The quorum that this works for. */
    void joins(Ensemble joined) {
        ensemble = joined;
    }

    Ensemble ensemble() {
        return ensemble;
    }

    /** What was stored of the epochs. */
    void epochs(long accepted, long current) {
        acceptedEpoch = accepted;
        currentEpoch = current;
    }

    void start() {
        ensemble.start(acceptedEpoch, currentEpoch);
    }

    long tick() {
        long next = ensemble.tick();
        return readOnly ? Math.min(next, tickReadOnly()) : next;
    }

    /** Who finds no leader for a while serves those that only want to read (semantics 12.2). */
    private long tickReadOnly() {
        if (ensemble.state() != PeerState.LOOKING) {
            endReadOnly();
            lookingSinceMillis = NEVER;
            return Long.MAX_VALUE;
        }
        if (lookingSinceMillis == NEVER) {
            lookingSinceMillis = core.nowMillis();
        }
        long beginMillis = lookingSinceMillis + readOnlyWaitMillis;
        boolean waits = core.role().mode() == ServerMode.NOT_SERVING;
        boolean isWhole = load == null;
        if (waits && isWhole && core.nowMillis() >= beginMillis) {
            core.become(new ReadOnly(core));
        }
        return core.nowMillis() < beginMillis ? beginMillis : Long.MAX_VALUE;
    }

    /** What was served until now is about to change. */
    private void endReadOnly() {
        if (core.role().mode() == ServerMode.READ_ONLY) {
            core.become(new Retired(core));
        }
    }

    @Override
    public long lastApplied() {
        return core.writes().lastApplied();
    }

    @Override
    public void apply(long zxid, byte[] entry) {
        endReadOnly();
        core.writes().commit(zxid, entry);
    }

    @Override
    public void lead(long epoch) {
        leading = new Leading(core, ensemble);
        serve(leading, epoch);
    }

    @Override
    public void learn() {
        learning = new Learning(core, ensemble);
        serve(learning, ensemble.epoch());
    }

    private void serve(Role role, long epoch) {
        setConfig();
        core.writes().abandon();
        core.writes().compareDigests(true);
        core.keeper().skipKnownIds(core.lastZxid());
        core.epochBegins(Zxid.of(epoch, 0));
        core.become(role);
        core.kept().serve(epoch);
    }

    /** Each server sets the configuration node for itself, also over what a leader had (section 9). */
    private void setConfig() {
        int at = config.lastIndexOf(VERSION_KEY);
        long version = at < 0 ? 0 : Long.parseLong(config.substring(at + VERSION_KEY.length()), HEX);
        core.tree().setConfig(config.getBytes(UTF_8), version, core.wallMillis());
    }

    @Override
    public void retire() {
        leading = null;
        learning = null;
        abandonStream();
        core.become(new Retired(core));
    }

    /** An error transaction of no session, whose error is none. */
    @Override
    public byte[] marker(long zxid) {
        JuteWriter writer = new JuteWriter();
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        writer.wrap(buffer, 0);
        new TxnHeader(0, 0, zxid, core.wallMillis(), OpCode.ERROR.code()).write(writer);
        new ErrorTxn(0).write(writer);
        return Arrays.copyOf(buffer.byteArray(), writer.position());
    }

    @Override
    public void onForwarded(Learner from, QuorumPacket request) {
        leading.onForwarded(from, request);
    }

    @Override
    public void onTouches(Learner from, byte[] touches) {
        leading.onTouches(touches);
    }

    @Override
    public void onRevalidate(Learner from, QuorumPacket question) {
        leading.onRevalidate(from, question);
    }

    @Override
    public void onLearnerGone(Learner learner) {
        if (leading != null) {
            leading.onLearnerGone(learner);
        }
    }

    @Override
    public byte[] takeTouches() {
        return learning.takeTouches();
    }

    @Override
    public void onSynced() {
        learning.onSynced();
    }

    @Override
    public void onRevalidated(QuorumPacket answer) {
        learning.onRevalidated(RevalidationReply.read(answer.payload()));
    }

    @Override
    public void beginLoad() {
        forget();
        load = new StateLoad(core.recovery(null));
    }

    /** Nothing may walk through what is about to be forgotten. */
    private void forget() {
        endReadOnly();
        core.kept().abandon();
        assert core.role().mode() == ServerMode.NOT_SERVING;
        core.snapshotter().abandon();
        abandonStream();
        core.epochBegins(0);
    }

    @Override
    public void load(SnapshotPart part) {
        load.take(part);
    }

    /** Others' snapshots may hold traces of transactions that follow: digests say nothing until then (section 12). */
    @Override
    public void endLoad(long zxid) {
        load.end(zxid);
        load = null;
        core.writes().compareDigests(false);
        setConfig();
    }

    @Override
    public void storeSnapshot() {
        core.snapshotter().order(ensemble::onSnapshotStored);
    }

    @Override
    public void reload(long zxid) {
        forget();
        load = null;
        Recovery recovery = core.recovery(null);
        recovery.reset();
        stored.load(recovery, zxid);
        Recovery.DigestCheck ignored = recovery.finish();
        assert ignored != null;
        setConfig();
    }

    @Override
    public boolean canReload(long zxid) {
        return stored.reachesBackTo(zxid);
    }

    @Override
    public void dropSnapshotsAfter(long zxid) {
        stored.dropAfter(zxid);
    }

    @Override
    public boolean canStream() {
        return !core.walk().isWalking();
    }

    @Override
    public void stream(Link link) {
        stream = new LinkStream(link, this::onStreamed);
        core.walk().begin(stream);
    }

    private void onStreamed(Link link) {
        stream = null;
        ensemble.onStreamed(link);
    }

    /** Nobody is there any more to send the state to: the next one that waits for it may have it. */
    void onLinkGone(Link link) {
        if (stream != null && stream.isFor(link)) {
            abandonStream();
            ensemble.onStreamed(link);
        }
    }

    private void abandonStream() {
        if (stream != null) {
            stream = null;
            core.walk().abandon();
        }
    }
}
