package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;

/**
 * One request in its client's order. A write waits for its commit; a read for the writes before it; a request that was
 * refused already has its outcome and only waits for its turn.
 */
final class Task {

    final Client client;
    final int xid;
    final OpCode op;
    final Request request;
    final long arrivedMillis;

    /** Decided before its turn: what will be answered. Null for reads. */
    Outcome outcome;

    /** The connect request of a client that waits for its session, and the timeout it is granted. */
    ConnectRequest connect;

    int timeoutMillis;

    /** In flight: nothing behind it may be answered yet. */
    boolean inFlight;

    /** Sent to the leader, and not applied yet. */
    boolean forwarded;

    Task(Client client, int xid, OpCode op, Request request, long arrivedMillis) {
        this.client = client;
        this.xid = xid;
        this.op = op;
        this.request = request;
        this.arrivedMillis = arrivedMillis;
    }

    /** A client that waits for its session, be it a new one or one that it resumes. */
    static Task connecting(Client client, ConnectRequest request, int timeoutMillis, long arrivedMillis) {
        Task task = new Task(client, 0, OpCode.CREATE_SESSION, null, arrivedMillis);
        task.inFlight = true;
        task.connect = request;
        task.timeoutMillis = timeoutMillis;
        return task;
    }
}
