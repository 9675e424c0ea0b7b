package io.quorate.coordinator.core;

import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.coordinator.op.Ops;
import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.op.Permissions;
import io.quorate.coordinator.session.Session;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.watch.WatchTable;
import io.quorate.coordinator.zab.Ensemble;
import io.quorate.coordinator.zab.Link;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.coordinator.zab.Proposals;
import io.quorate.coordinator.zab.Service;
import io.quorate.coordinator.zab.Zab;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SaslResponse;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The coordinator as a state machine: takes one event at a time, gives orders, and says when it wants to be called next. Owns
 * tree, sessions and watches. One thread; time comes in through {@link #at}.
 */
public final class Core {

    private static final long AUTH_ZXID = 0;
    private static final long WALK_PAUSE_MILLIS = 1;

    private final CoreSettings settings;
    private final LogOut log;
    private final SessionTable sessions = new SessionTable();
    private final WatchTable<Client> watches = new WatchTable<>();
    private final Set<Client> clients = new LinkedHashSet<>();
    private final ServerStats stats = new ServerStats();
    private final Applier applier;
    private final Writes writes;
    private final RequestOrder order;
    private final SessionKeeper keeper;
    private final StateWalk walk;
    private final Snapshotter snapshotter;
    private final ServerView view = new ServerView(this);
    private final HandOver handOver = new HandOver(this);
    private final KeptClients kept;

    /** Agrees with itself; null in an ensemble. */
    private final Proposals alone;

    /** What it does for the quorum; null for a server on its own. */
    private final EnsembleService member;

    private Role role;
    private long nowMillis;
    private long wallMillis;
    private long epochZxid;
    private boolean space = true;

    /** An empty server on its own. Recover into it through {@link #recovery}, then {@link #start} it. */
    public Core(CoreSettings settings, LogOut log, SnapshotOut snapshots) {
        this(settings, log, snapshots, null, null);
    }

    /** An empty member of an ensemble. Recover into it, tell it the {@link #epochs}, then start it. */
    public Core(CoreSettings settings, LogOut log, SnapshotOut snapshots, EnsembleParts parts) {
        this(
                settings,
                log,
                snapshots,
                parts,
                service -> new Zab(
                        parts.settings(),
                        service,
                        log,
                        parts.epochs(),
                        parts.election(),
                        parts.links(),
                        parts.narrator()));
    }

    Core(
            CoreSettings settings,
            LogOut log,
            SnapshotOut snapshots,
            EnsembleParts parts,
            Function<Service, Ensemble> ensemble) {
        this.settings = settings;
        this.log = log;
        this.kept = new KeptClients(this, parts == null ? 0 : parts.keepClientsMillis());
        Permissions permissions = new Permissions(
                new AclSchemes(settings.digestSchemeEnabled()), settings.ops().skipAcl());
        ContainerKeeper containers = new ContainerKeeper(settings.containers());
        this.applier = new Applier(settings.digestEnabled(), sessions, watches, permissions, containers);
        this.walk = new StateWalk(applier.tree(), sessions);
        this.snapshotter = new Snapshotter(applier.tree(), walk, snapshots, settings.snapshots());
        this.keeper = new SessionKeeper(settings, sessions);
        this.order = new RequestOrder(this, permissions);
        this.writes = new Writes(settings, applier, sessions, permissions, stats, new Commits(this));
        if (ensemble == null) {
            alone = new Proposals(log, writes);
            member = null;
            writes.proposeThrough(alone);
            role = new Planning(this);
        } else {
            alone = null;
            member = new EnsembleService(this, parts);
            member.joins(ensemble.apply(member));
            writes.proposeThrough(member.ensemble());
            role = new Retired(this);
        }
    }

    /** The door through which stored state comes in, before {@link #start}. */
    public Recovery recovery() {
        return recovery(member == null ? null : member.ensemble()::replayed);
    }

    /** @param replayed told of each transaction that the log gives back, or null */
    Recovery recovery(Recovery.Replayed replayed) {
        return new Recovery(applier, sessions, applier.containers(), this::recovered, snapshotter, replayed);
    }

    private void recovered(long lastZxid) {
        writes.recovered(lastZxid);
        if (alone != null) {
            alone.recovered(lastZxid);
        }
    }

    /** What a member had stored of the epochs, told before {@link #start}. */
    public void epochs(long acceptedEpoch, long currentEpoch) {
        member.epochs(acceptedEpoch, currentEpoch);
    }

    /** Says what time it is for all that follows: the monotonic and the wall clock, in milliseconds. */
    public void at(long monotonicMillis, long wallClockMillis) {
        nowMillis = monotonicMillis;
        wallMillis = wallClockMillis;
        if (member != null) {
            member.ensemble().at(monotonicMillis);
        }
    }

    /** Begins to serve what was recovered; a member of an ensemble, to look for a leader. */
    public void start() {
        keeper.start(wallMillis, lastZxid());
        if (member == null) {
            role.begin();
        } else {
            member.start();
        }
    }

    /**
     * Does what time asks for: elections, expiry, containers, a slice of a snapshot. Returns when to be called next, on the
     * monotonic clock; a time that has passed means: as soon as other events were taken. What must wait for a flush or for
     * space on the disk asks for no call: that event brings one.
     */
    public long tick() {
        long next = member == null ? Long.MAX_VALUE : member.tick();
        next = Math.min(next, role.tick());
        next = Math.min(next, Math.min(handOver.tick(), kept.tick()));
        if ((role.mode().isAgreed() && snapshotter.isDue()) || snapshotter.canCarryOutOrder()) {
            snapshotter.begin(writes.lastApplied());
        }
        boolean advanced = walk.advance();
        if (walk.isWalking()) {
            return advanced ? nowMillis : Math.min(next, nowMillis + WALK_PAUSE_MILLIS);
        }
        return next;
    }

    /** True while so much is in flight that clients should not be read. */
    public boolean isFull() {
        return role.isFull() || kept.isBusy();
    }

    /**
     * True if the log takes whatever a packet of another member makes. While it does not, links are not read. That the room for
     * requests is used up must not hold them up: acknowledgements, which free it, come in on them.
     */
    public boolean hasLogRoom() {
        return log.hasRoom(settings.entryBytesMax());
    }

    /** What this server is for its clients now. */
    public ServerMode mode() {
        return role.mode();
    }

    /** True while a snapshot wants {@link #tick} to be called again and again. */
    public boolean isWalking() {
        return walk.isWalking();
    }

    /** Takes a snapshot now, unless one is under way, or the state is nothing that is agreed on. */
    public void snapshot() {
        if (!snapshotter.isBusy() && !walk.isWalking() && role.mode().isAgreed()) {
            snapshotter.begin(writes.lastApplied());
        }
    }

    /**
     * The one place where the role of a member changes. Who was served under the old one is kept for a while, if a later epoch
     * can tell what became of what was asked for; of what was served read-only nothing is left.
     */
    void become(Role next) {
        if (role.mode() != ServerMode.NOT_SERVING) {
            if (role.mode().isAgreed()) {
                kept.hold(member.ensemble().epoch());
            } else {
                List.copyOf(clients).forEach(this::end);
            }
            writes.abandon();
            keeper.retire();
            applier.containers().retire();
        }
        if (next.mode() == ServerMode.READ_ONLY) {
            kept.abandon();
        }
        role = next;
        role.begin();
    }

    KeptClients kept() {
        return kept;
    }

    /** The epoch begins with this number, which clients see until there is a transaction of it; 0 for none. */
    void epochBegins(long zxid) {
        epochZxid = zxid;
    }

    /** Lets another member lead; 0 for whichever is best. */
    void handOver(long successor, Consumer<HandOverResult> told) {
        handOver.begin(successor, told);
    }

    void onCame(Client client) {
        if (!client.gone) {
            clients.add(client);
        }
    }

    void onConnect(Client client, ConnectRequest request) {
        if (client.gone) {
            return;
        }
        clients.add(client);
        client.connecting = true;
        client.stats.establishedWallMillis = wallMillis;
        // One that has seen a future that this server has not: another server may know it (client-protocol 4.3).
        if (!role.takes(request) || request.lastZxidSeen() > lastZxid()) {
            end(client);
            return;
        }
        int timeout = keeper.negotiate(request.timeoutMillis());
        if (request.sessionId() != 0) {
            Client before = keeper.client(request.sessionId());
            if (before != null && !before.equals(client)) {
                end(before);
            }
            role.resume(client, request, timeout);
        } else if (space) {
            role.create(client, request, timeout);
        } else {
            end(client);
        }
    }

    /** The session that a client waited for is there. */
    void attach(Task connecting, Session session) {
        Client client = connecting.client;
        Client before = keeper.client(session.id());
        if (before != null) {
            end(before);
        }
        client.connecting = false;
        client.attach(session, connecting.timeoutMillis);
        keeper.attach(client);
        role.attached(client);
        client.out.connected(SessionKeeper.acceptance(
                connecting.connect, session.id(), connecting.timeoutMillis, role.mode() == ServerMode.READ_ONLY));
    }

    /** The session that a client wants to resume is none of its own, or over. */
    void refuse(Client client, ConnectRequest request) {
        client.out.connected(SessionKeeper.refusal(request, role.mode() == ServerMode.READ_ONLY));
        end(client);
    }

    void onRequest(Client client, int xid, OpCode op, Request request) {
        if (client.ended || client.session == null) {
            return;
        }
        if (client.later != null) {
            stats.requests++;
            client.later.add(new Task(client, xid, op, request, nowMillis));
        } else if (role.touch(client)) {
            stats.requests++;
            submit(new Task(client, xid, op, request, nowMillis));
        }
    }

    /** Takes up a request in its turn, for the first time or once more. */
    void submit(Task task) {
        Client client = task.client;
        OpCode op = task.op;
        if (client.ended) {
            return;
        }
        if (task.outcome != null) {
            order.await(task);
        } else if (op == null || !Ops.isForClients(op)) {
            client.ended = true;
            order.refuse(task, ErrorCode.UNIMPLEMENTED);
        } else if (Ops.isWrite(op)) {
            onWrite(task);
        } else if (op == OpCode.SYNC && task.request != null) {
            role.sync(task);
        } else {
            task.outcome = task.request == null ? unreadable(op) : null;
            order.await(task);
        }
    }

    private static Outcome unreadable(OpCode op) {
        int err = ErrorCode.MARSHALLING_ERROR.code();
        return new Outcome(err, op == OpCode.MULTI_READ ? new MultiResponse(List.of()) : null);
    }

    private void onWrite(Task task) {
        if (space) {
            role.write(task);
        } else {
            stats.writesRefusedForSpace++;
            order.refuse(task, ErrorCode.SYSTEM_ERROR);
        }
    }

    void onAuthenticated(Client client, int xid, List<Identity> identities) {
        if (client.ended) {
            return;
        }
        if (client.addIdentities(identities)) {
            client.out.reply(xid, AUTH_ZXID, 0, null);
        } else {
            onAuthenticationRefused(client, xid);
        }
    }

    void onAuthenticationRefused(Client client, int xid) {
        if (!client.ended) {
            stats.authFailures++;
            client.out.reply(xid, AUTH_ZXID, ErrorCode.AUTH_FAILED.code(), null);
            end(client);
        }
    }

    /** Without SASL the exchange ends at once, with no token and no identity (client-protocol 10.2). */
    void onSasl(Client client, int xid) {
        if (!client.ended) {
            client.out.reply(xid, AUTH_ZXID, 0, new SaslResponse(null));
        }
    }

    void onGone(Client client) {
        client.ended = true;
        client.gone = true;
        role.gone(client);
        client.waiting.clear();
        client.later = null;
        watches.removeAll(client);
        keeper.detach(client);
        clients.remove(client);
    }

    /** Closes a connection from this side; the session lives on. */
    void end(Client client) {
        client.out.close();
        onGone(client);
    }

    void onLogFlushed(long zxid) {
        if (alone != null) {
            alone.onLogFlushed(zxid);
        } else {
            member.ensemble().onLogFlushed(zxid);
        }
    }

    /** Short of space, a snapshot may let the log behind it go. */
    void onLogSpace(boolean available) {
        space = available;
        if (!available) {
            snapshotter.hurry();
        }
    }

    void onSnapshotDone(long zxid, long bytes) {
        snapshotter.onDone(bytes);
    }

    void onLinkGone(Link link) {
        zab().onLinkGone(link);
        member.onLinkGone(link);
    }

    /** The quorum tower, to which events of other servers go; only a member has one. */
    Zab zab() {
        return (Zab) member.ensemble();
    }

    /** The quorum tower; null for a server on its own. */
    Zab quorum() {
        return member != null && member.ensemble() instanceof Zab zab ? zab : null;
    }

    /** The last transaction as clients see it: the beginning of an epoch counts as one. */
    long lastZxid() {
        return Math.max(writes.lastApplied(), epochZxid);
    }

    Role role() {
        return role;
    }

    DataTree tree() {
        return applier.tree();
    }

    SessionTable sessions() {
        return sessions;
    }

    WatchTable<Client> watches() {
        return watches;
    }

    ServerStats stats() {
        return stats;
    }

    Collection<Client> clients() {
        return clients;
    }

    CoreSettings settings() {
        return settings;
    }

    ContainerKeeper containers() {
        return applier.containers();
    }

    SessionKeeper keeper() {
        return keeper;
    }

    Writes writes() {
        return writes;
    }

    RequestOrder order() {
        return order;
    }

    StateWalk walk() {
        return walk;
    }

    Snapshotter snapshotter() {
        return snapshotter;
    }

    boolean hasSpace() {
        return space;
    }

    long nowMillis() {
        return nowMillis;
    }

    long wallMillis() {
        return wallMillis;
    }

    ServerView view() {
        return view;
    }
}
