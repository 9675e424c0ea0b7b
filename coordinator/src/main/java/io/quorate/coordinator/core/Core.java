package io.quorate.coordinator.core;

import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.coordinator.op.Caller;
import io.quorate.coordinator.op.Ops;
import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.op.Permissions;
import io.quorate.coordinator.op.ReadContext;
import io.quorate.coordinator.session.Session;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.watch.WatchTable;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.DeleteContainerRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SaslResponse;
import io.quorate.wire.proto.WatchedEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The coordinator as a state machine: takes one event at a time, gives orders, and says when it wants to be called next. Owns
 * tree, sessions and watches. One thread; time comes in through {@link #at}.
 */
public final class Core {

    private static final long MISSED_EVENT_ZXID = -1;
    private static final long NO_ZXID = -1;
    private static final long AUTH_ZXID = 0;
    private static final long SPACE_PAUSE_MILLIS = 1000;

    private final CoreSettings settings;
    private final SessionTable sessions = new SessionTable();
    private final WatchTable<Client> watches = new WatchTable<>();
    private final Set<Client> clients = new LinkedHashSet<>();
    private final ServerStats stats = new ServerStats();
    private final Permissions permissions;
    private final ContainerKeeper containers;
    private final Applier applier;
    private final Writes writes;
    private final SessionKeeper keeper;
    private final Snapshotter snapshotter;
    private final ServerView view = new ServerView(this);
    private long nowMillis;
    private long wallMillis;
    private boolean space = true;

    /** An empty server. Recover into it through {@link #recovery}, then {@link #start} it. */
    public Core(CoreSettings settings, LogOut log, SnapshotOut snapshots) {
        this.settings = settings;
        this.permissions = new Permissions(
                new AclSchemes(settings.digestSchemeEnabled()), settings.ops().skipAcl());
        this.containers = new ContainerKeeper(settings.containers());
        this.applier = new Applier(settings.digestEnabled(), sessions, watches, permissions, containers);
        this.snapshotter = new Snapshotter(applier.tree(), sessions, snapshots, settings.snapshots());
        this.keeper = new SessionKeeper(settings, sessions);
        this.writes = new Writes(settings, applier, sessions, permissions, log, this::onCommitted);
    }

    /** The door through which stored state comes in, before {@link #start}. */
    public Recovery recovery() {
        return new Recovery(applier, sessions, containers, writes, snapshotter);
    }

    /** Says what time it is for all that follows: the monotonic and the wall clock, in milliseconds. */
    public void at(long monotonicMillis, long wallClockMillis) {
        nowMillis = monotonicMillis;
        wallMillis = wallClockMillis;
    }

    /** Begins to serve what was recovered. */
    public void start() {
        containers.start(nowMillis);
        keeper.start(nowMillis, wallMillis);
    }

    /**
     * Does what time asks for: expiry, containers, a slice of a snapshot. Returns when to be called next, on the monotonic
     * clock; a time that has passed means: as soon as other events were taken. What must wait for a flush or for space on the
     * disk asks for no call: that event brings one.
     */
    public long tick() {
        if (space) {
            keeper.expire(nowMillis, () -> !isFull(), this::expire);
            String container = isFull() ? null : containers.take(tree(), nowMillis, wallMillis);
            if (container != null) {
                writes.plan(
                        OpCode.DELETE_CONTAINER,
                        new DeleteContainerRequest(container),
                        new Caller(0, List.of()),
                        null,
                        wallMillis);
            }
        }
        if (snapshotter.isDue()) {
            snapshotter.begin(lastZxid());
        }
        snapshotter.advance();
        if (snapshotter.isWalking()) {
            return nowMillis;
        }
        // What is due stays due while nothing can be written: looking again and again would keep a processor busy.
        boolean mustWait = !space || isFull();
        return mustWait ? nowMillis + SPACE_PAUSE_MILLIS : Math.min(keeper.nextMillis(), containers.nextMillis());
    }

    /** True while so much is in flight that clients should not be read. */
    public boolean isFull() {
        return writes.inFlight() >= settings.inFlightMax() || !writes.hasRoom();
    }

    /** True while a snapshot wants {@link #tick} to be called again and again. */
    public boolean isWalking() {
        return snapshotter.isWalking();
    }

    /** Takes a snapshot now, unless one is under way. */
    public void snapshot() {
        if (!snapshotter.isBusy()) {
            snapshotter.begin(lastZxid());
        }
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
        client.stats.establishedWallMillis = wallMillis;
        if (request.lastZxidSeen() > lastZxid()) {
            // It has seen a future that this server has not: another server may know it (client-protocol 4.3).
            end(client);
            return;
        }
        int timeout = keeper.negotiate(request.timeoutMillis());
        if (request.sessionId() == 0) {
            create(client, request, timeout);
            return;
        }
        Client before = keeper.client(request.sessionId());
        if (before != null && !before.equals(client)) {
            end(before);
        }
        Session session = keeper.resume(request.sessionId(), request.password());
        if (session == null) {
            client.out.connected(SessionKeeper.refusal(request));
            end(client);
            return;
        }
        attach(client, session, timeout, request);
    }

    private void create(Client client, ConnectRequest request, int timeout) {
        if (!space) {
            end(client);
            return;
        }
        long id = keeper.newId();
        Task task = new Task(client, 0, OpCode.CREATE_SESSION, null, nowMillis);
        task.inFlight = true;
        task.connect = request;
        task.timeoutMillis = timeout;
        writes.createSession(id, timeout, task, wallMillis);
    }

    private void attach(Client client, Session session, int timeout, ConnectRequest request) {
        client.attach(session, timeout);
        keeper.attach(client, session, timeout, nowMillis);
        client.out.connected(SessionKeeper.acceptance(request, session.id(), timeout));
    }

    void onRequest(Client client, int xid, OpCode op, Request request) {
        if (client.ended || client.session == null) {
            return;
        }
        if (!keeper.touch(client, nowMillis)) {
            return;
        }
        stats.requests++;
        Task task = new Task(client, xid, op, request, nowMillis);
        if (op == null || !Ops.isForClients(op)) {
            client.ended = true;
            task.outcome = Outcome.of(ErrorCode.UNIMPLEMENTED);
            await(task);
        } else if (Ops.isWrite(op)) {
            onWrite(task);
        } else {
            task.outcome = request == null ? unreadable(op) : null;
            await(task);
        }
    }

    private static Outcome unreadable(OpCode op) {
        int err = ErrorCode.MARSHALLING_ERROR.code();
        return new Outcome(err, op == OpCode.MULTI_READ ? new MultiResponse(List.of()) : null);
    }

    private void onWrite(Task task) {
        if (!space) {
            stats.writesRefusedForSpace++;
            task.outcome = Outcome.of(ErrorCode.SYSTEM_ERROR);
            await(task);
            return;
        }
        if (task.request == null && task.op != OpCode.MULTI) {
            // Never a transaction for what cannot be read (client-protocol 12.5); an unreadable multi does get one.
            task.outcome = Outcome.of(ErrorCode.MARSHALLING_ERROR);
            await(task);
            return;
        }
        Client client = task.client;
        if (task.op == OpCode.CLOSE_SESSION) {
            client.ended = true;
            client.session.markClosing();
        }
        task.inFlight = true;
        client.waiting.add(task);
        if (task.request == null) {
            writes.refuse(task, ErrorCode.MARSHALLING_ERROR, wallMillis);
        } else {
            writes.plan(task.op, task.request, client.caller, task, wallMillis);
        }
    }

    /** Answers at once what nothing of the same client stands before. */
    private void await(Task task) {
        if (task.client.waiting.isEmpty()) {
            finish(task);
        } else {
            task.client.waiting.add(task);
        }
    }

    private void finish(Task task) {
        Client client = task.client;
        boolean unsupported = task.outcome != null && task.outcome.err() == ErrorCode.UNIMPLEMENTED.code();
        Outcome outcome = task.outcome != null ? task.outcome : read(task);
        answer(task, unsupported && !task.inFlight ? NO_ZXID : lastZxid(), outcome);
        if (client.ended && client.waiting.isEmpty() && unsupported) {
            end(client);
        }
    }

    private Outcome read(Task task) {
        Client client = task.client;
        if (client.reads == null) {
            client.reads = new ReadContext<>(
                    tree(),
                    sessions,
                    watches,
                    permissions,
                    client,
                    client.caller,
                    (type, path) -> client.out.event(MISSED_EVENT_ZXID, new WatchedEvent(type, path)));
        }
        return Ops.read(task.op, task.request, client.reads);
    }

    private void answer(Task task, long zxid, Outcome outcome) {
        Client client = task.client;
        if (client.gone) {
            return;
        }
        count(task, zxid);
        int xid = task.op == OpCode.PING ? SessionKeeper.PING_XID : task.xid;
        client.out.reply(xid, zxid, outcome.err(), outcome.body());
    }

    private void count(Task task, long zxid) {
        long latency = nowMillis - task.arrivedMillis;
        stats.latency().add(latency);
        (task.inFlight ? stats.updates() : stats.reads()).add(latency);
        task.client.stats.answered(task.op, task.xid, zxid, nowMillis, latency);
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
        client.waiting.clear();
        watches.removeAll(client);
        keeper.detach(client);
        clients.remove(client);
    }

    /** Closes a connection from this side; the session lives on. */
    private void end(Client client) {
        client.out.close();
        onGone(client);
    }

    void onLogFlushed(long zxid) {
        writes.onLogFlushed(zxid);
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

    private void expire(Session session) {
        stats.sessionsExpired++;
        session.markClosing();
        writes.plan(OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE, new Caller(session.id(), List.of()), null, wallMillis);
    }

    private void onCommitted(Transaction transaction, Outcome outcome, int bytes) {
        long zxid = transaction.header().zxid();
        snapshotter.count(bytes);
        writes.checkDigest(transaction, stats);
        OpCode op = OpCode.of(transaction.header().type());
        Task task = transaction.task();
        if (op == OpCode.CREATE_SESSION) {
            onSessionCreated(transaction, task);
        } else if (op == OpCode.CLOSE_SESSION) {
            onSessionClosed(transaction, task, outcome);
        } else if (task != null && !task.client.gone) {
            Task first = task.client.waiting.poll();
            assert first == task;
            answer(task, zxid, outcome);
            release(task.client);
        }
    }

    private void onSessionCreated(Transaction transaction, Task task) {
        Session session = sessions.get(transaction.header().clientId());
        if (task.client.gone) {
            keeper.begin(session, nowMillis);
        } else {
            count(task, transaction.header().zxid());
            attach(task.client, session, task.timeoutMillis, task.connect);
        }
    }

    private void onSessionClosed(Transaction transaction, Task task, Outcome outcome) {
        Client client = keeper.end(transaction.header().clientId());
        if (task != null && !task.client.gone) {
            answer(task, transaction.header().zxid(), outcome);
        }
        if (client != null) {
            end(client);
        }
    }

    /** Answers what waited behind a write, up to the next one. */
    private void release(Client client) {
        Task next = client.waiting.peek();
        while (next != null && !next.inFlight) {
            client.waiting.poll();
            finish(next);
            next = client.waiting.peek();
        }
    }

    long lastZxid() {
        return writes.lastApplied();
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

    int outstanding() {
        return writes.inFlight();
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
