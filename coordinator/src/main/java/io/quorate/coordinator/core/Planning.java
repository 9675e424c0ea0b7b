package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Caller;
import io.quorate.coordinator.session.Session;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.DeleteContainerRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import java.util.List;

/** Plans what clients write, lets sessions expire, and removes containers that nobody uses: a server on its own. */
class Planning extends Role {

    private static final long SPACE_PAUSE_MILLIS = 1000;

    Planning(Core core) {
        super(core);
    }

    /** Every session that is known starts with its full timeout. */
    @Override
    void begin() {
        core.containers().start(core.nowMillis());
        core.keeper().grantAll(core.nowMillis());
    }

    @Override
    ServerMode mode() {
        return ServerMode.STANDALONE;
    }

    @Override
    boolean takes(ConnectRequest request) {
        return true;
    }

    @Override
    void create(Client client, ConnectRequest request, int timeoutMillis) {
        Task task = Task.connecting(client, request, timeoutMillis, core.nowMillis());
        core.writes().createSession(core.keeper().newId(), timeoutMillis, task, core.wallMillis());
    }

    @Override
    void resume(Client client, ConnectRequest request, int timeoutMillis) {
        Session session = core.keeper().resume(request.sessionId(), request.password());
        if (session == null) {
            core.refuse(client, request);
        } else {
            core.attach(Task.connecting(client, request, timeoutMillis, core.nowMillis()), session);
        }
    }

    @Override
    void attached(Client client) {
        client.confirmed = true;
        core.keeper().begin(client.session, client.timeoutMillis, core.nowMillis());
    }

    @Override
    boolean touch(Client client) {
        return core.keeper().touch(client, core.nowMillis());
    }

    @Override
    void write(Task task) {
        if (task.request == null && task.op != OpCode.MULTI) {
            // Never a transaction for what cannot be read (client-protocol 12.5); an unreadable multi does get one.
            core.order().refuse(task, ErrorCode.MARSHALLING_ERROR);
            return;
        }
        core.order().enter(task);
        Client client = task.client;
        if (task.request == null) {
            core.writes().refuse(ErrorCode.MARSHALLING_ERROR, client.sessionId(), task.xid, task, core.wallMillis());
        } else {
            core.writes().plan(task.op, task.request, client.caller, task.xid, task, core.wallMillis());
        }
    }

    /** All that is committed is applied here first. */
    @Override
    void sync(Task task) {
        core.order().await(task);
    }

    @Override
    void created(Session session) {
        core.keeper().begin(session, session.timeoutMillis(), core.nowMillis());
    }

    @Override
    int outstanding() {
        return core.writes().inFlight();
    }

    @Override
    boolean isFull() {
        return core.writes().inFlight() >= core.settings().inFlightMax() || hasNoRoom();
    }

    final boolean hasNoRoom() {
        return !core.writes().hasRoom();
    }

    @Override
    long tick() {
        SessionKeeper keeper = core.keeper();
        if (core.hasSpace()) {
            keeper.expire(core.nowMillis(), () -> !isFull(), this::expire);
            String container =
                    isFull() ? null : core.containers().take(core.tree(), core.nowMillis(), core.wallMillis());
            if (container != null) {
                plan(OpCode.DELETE_CONTAINER, new DeleteContainerRequest(container), 0);
            }
        }
        // What is due stays due while nothing can be written: looking again and again would keep a processor busy.
        boolean mustWait = !core.hasSpace() || isFull();
        return mustWait
                ? core.nowMillis() + SPACE_PAUSE_MILLIS
                : Math.min(keeper.nextMillis(), core.containers().nextMillis());
    }

    private void expire(Session session) {
        core.stats().sessionsExpired++;
        session.markClosing();
        plan(OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE, session.id());
    }

    /** Plans what the server itself wants. */
    final void plan(OpCode op, Request request, long session) {
        core.writes().plan(op, request, new Caller(session, List.of()), 0, null, core.wallMillis());
    }
}
