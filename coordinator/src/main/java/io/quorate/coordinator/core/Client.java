package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Caller;
import io.quorate.coordinator.op.ReadContext;
import io.quorate.coordinator.session.Session;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One client's connection as the core sees it: its session, its identities, and its requests in order. Made by the edge,
 * which only passes it along; its state belongs to the core's thread.
 */
public final class Client {

    private static final int NO_SESSION_TIMEOUT = 0;
    private static final int IDENTITIES_MAX = 256;

    ClientOut out;
    final long number;
    final ClientStats stats = new ClientStats();

    /** Requests that wait: writes in flight, and reads behind them. */
    final Deque<Task> waiting = new ArrayDeque<>();

    Caller caller;
    Session session;
    int timeoutMillis = NO_SESSION_TIMEOUT;
    ReadContext<Client> reads;

    /** The number of the touch table in which the session is already, if it is served by a learner. */
    int touchedIn;

    /** Requests that wait until this server serves again; null while it does, and nothing of before is left. */
    Deque<Task> later;

    /** It has asked for a session. */
    boolean connecting;

    /** The leader of the epoch knows that the session is served here: should it move, that is put on record. */
    boolean confirmed;

    /** No further request of this connection is executed. */
    boolean ended;

    /** The connection is gone. */
    boolean gone;

    /**
     * @param number distinct for each connection of this server
     * @param identities what the connection is from the start: its address
     */
    public Client(ClientOut out, long number, List<Identity> identities) {
        this.out = out;
        this.number = number;
        this.caller = new Caller(0, identities);
    }

    void attach(Session to, int negotiatedMillis) {
        session = to;
        timeoutMillis = negotiatedMillis;
        caller = new Caller(to.id(), caller.identities());
        reads = null;
    }

    /** The role is over: nothing is said from now on, and nothing more is taken. */
    void hold() {
        if (later == null) {
            later = new ArrayDeque<>();
        }
        if (!(out instanceof HeldOrders)) {
            out = new HeldOrders(out);
        }
        touchedIn = 0;
        confirmed = false;
        waiting.forEach(task -> task.forwarded = false);
    }

    /** What was applied meanwhile is agreed on: it is said, and all that still waits is to be submitted again. */
    void release() {
        out = ((HeldOrders) out).release();
        while (!waiting.isEmpty()) {
            later.addFirst(waiting.pollLast());
        }
    }

    /** The oldest write that was submitted and is not applied, or null. */
    Task firstWrite() {
        for (Task task : waiting) {
            if (task.inFlight && task.op != OpCode.SYNC) {
                return task;
            }
        }
        return null;
    }

    /** False, and nothing added, if the connection would have more identities than anybody needs. */
    boolean addIdentities(List<Identity> added) {
        if (caller.identities().size() + added.size() > IDENTITIES_MAX) {
            return false;
        }
        List<Identity> all = new ArrayList<>(caller.identities());
        for (Identity identity : added) {
            if (!all.contains(identity)) {
                all.add(identity);
            }
        }
        caller = new Caller(caller.session(), all);
        reads = null;
        return true;
    }

    long sessionId() {
        return session == null ? 0 : session.id();
    }

    /** Depends on the number alone, so that watchers are told in one order in every run. */
    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
