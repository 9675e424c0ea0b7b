package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.session.ExpiryBuckets;
import io.quorate.coordinator.session.Session;
import io.quorate.coordinator.session.SessionIds;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;

/**
 * Serves what this server knows to clients that can do with that, while there is no quorum (semantics 12.2). Their sessions
 * are known here alone, and end with the role.
 */
final class ReadOnly extends Role {

    private final SessionTable local = new SessionTable();
    private final ExpiryBuckets buckets;

    ReadOnly(Core core) {
        super(core);
        buckets = new ExpiryBuckets(core.settings().tickMillis());
    }

    @Override
    ServerMode mode() {
        return ServerMode.READ_ONLY;
    }

    /** Sessions of the ensemble cannot be resumed here (client-protocol 4.3). */
    @Override
    boolean takes(ConnectRequest request) {
        return request.readOnly() && core.sessions().get(request.sessionId()) == null;
    }

    @Override
    void create(Client client, ConnectRequest request, int timeoutMillis) {
        Session session = local.create(core.keeper().newId(), timeoutMillis);
        core.attach(Task.connecting(client, request, timeoutMillis, core.nowMillis()), session);
    }

    @Override
    void resume(Client client, ConnectRequest request, int timeoutMillis) {
        Session session = local.get(request.sessionId());
        if (session == null || !SessionIds.isPassword(session.id(), request.password())) {
            core.refuse(client, request);
        } else {
            core.attach(Task.connecting(client, request, timeoutMillis, core.nowMillis()), session);
        }
    }

    @Override
    void attached(Client client) {
        buckets.touch(client.session, core.nowMillis(), client.timeoutMillis);
    }

    @Override
    boolean touch(Client client) {
        attached(client);
        return true;
    }

    @Override
    void write(Task task) {
        if (task.op != OpCode.CLOSE_SESSION) {
            core.order().refuse(task, ErrorCode.NOT_READ_ONLY);
            return;
        }
        local.remove(task.client.sessionId());
        core.order().answer(task, core.lastZxid(), Outcome.DONE);
        core.end(task.client);
    }

    @Override
    void sync(Task task) {
        core.order().refuse(task, ErrorCode.NOT_READ_ONLY);
    }

    @Override
    int outstanding() {
        return 0;
    }

    @Override
    boolean isFull() {
        return false;
    }

    @Override
    long tick() {
        buckets.expire(core.nowMillis(), this::expire);
        return buckets.nextMillis();
    }

    private void expire(Session session) {
        if (local.remove(session.id()) == null) {
            return;
        }
        core.stats().sessionsExpired++;
        Client client = core.keeper().client(session.id());
        if (client != null) {
            core.end(client);
        }
    }
}
