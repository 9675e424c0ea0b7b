package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Ops;
import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.op.Permissions;
import io.quorate.coordinator.op.ReadContext;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.WatchedEvent;

/**
 * Answers each client in the order in which it asked (semantics 9.2): a read waits for the requests of its client that are in
 * flight, and for nothing else.
 */
final class RequestOrder {

    private static final long MISSED_EVENT_ZXID = -1;
    private static final long NO_ZXID = -1;

    private final Core core;
    private final Permissions permissions;

    RequestOrder(Core core, Permissions permissions) {
        this.core = core;
        this.permissions = permissions;
    }

    /** Nothing behind this request may be answered before it. */
    void enter(Task task) {
        Client client = task.client;
        if (task.op == OpCode.CLOSE_SESSION) {
            client.ended = true;
            client.session.markClosing();
        }
        task.inFlight = true;
        client.waiting.add(task);
    }

    /** Answers at once what nothing of the same client stands before. */
    void await(Task task) {
        if (task.client.waiting.isEmpty()) {
            finish(task);
        } else {
            task.client.waiting.add(task);
        }
    }

    /** Answers with an error, in its turn. */
    void refuse(Task task, ErrorCode error) {
        task.outcome = Outcome.of(error);
        await(task);
    }

    private void finish(Task task) {
        Client client = task.client;
        boolean unsupported = task.outcome != null && task.outcome.err() == ErrorCode.UNIMPLEMENTED.code();
        Outcome outcome = task.outcome != null ? task.outcome : read(task);
        answer(task, unsupported && !task.inFlight ? NO_ZXID : core.lastZxid(), outcome);
        if (client.ended && client.waiting.isEmpty() && unsupported) {
            core.end(client);
        }
    }

    private Outcome read(Task task) {
        Client client = task.client;
        if (client.reads == null) {
            client.reads = new ReadContext<>(
                    core.tree(),
                    core.sessions(),
                    core.watches(),
                    permissions,
                    client,
                    client.caller,
                    (type, path) -> client.out.event(MISSED_EVENT_ZXID, new WatchedEvent(type, path)));
        }
        return Ops.read(task.op, task.request, client.reads);
    }

    /**
     * A write is about to be applied. Before it, in the order of the client, can only be syncs whose answer is missing, as that of a
     * leader that died, and reads behind them: that the write comes next says the same as the answer, and they must not see it.
     */
    void approach(Task task) {
        Client client = task.client;
        for (Task first = client.waiting.peek(); first != task; first = client.waiting.peek()) {
            client.waiting.poll();
            finish(first);
        }
    }

    /** A write was applied: it is answered, and then what waited behind it, up to the next one. */
    void complete(Task task, long zxid, Outcome outcome) {
        Task first = task.client.waiting.poll();
        assert first == task : "a write overtook " + first.op;
        answer(task, zxid, outcome);
        release(task.client);
    }

    /** Answers what waits for nothing any more. */
    void release(Client client) {
        Task next = client.waiting.peek();
        while (next != null && !next.inFlight) {
            client.waiting.poll();
            finish(next);
            next = client.waiting.peek();
        }
    }

    void answer(Task task, long zxid, Outcome outcome) {
        Client client = task.client;
        if (client.gone) {
            return;
        }
        count(task, zxid);
        int xid = task.op == OpCode.PING ? SessionKeeper.PING_XID : task.xid;
        client.out.reply(xid, zxid, outcome.err(), outcome.body());
    }

    /** Counts a request as answered. */
    void count(Task task, long zxid) {
        long latency = core.nowMillis() - task.arrivedMillis;
        ServerStats stats = core.stats();
        stats.latency().add(latency);
        (task.inFlight ? stats.updates() : stats.reads()).add(latency);
        task.client.stats.answered(task.op, task.xid, zxid, core.nowMillis(), latency);
    }
}
