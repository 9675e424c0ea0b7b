package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.session.Session;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.txn.TxnHeader;

/** What the server does for its clients at the time: who may connect, where writes go, and who keeps sessions alive. */
abstract class Role {

    final Core core;

    Role(Core core) {
        this.core = core;
    }

    /** Takes up the role. */
    void begin() {}

    abstract ServerMode mode();

    /** True if a client that asks like this may have a session here; otherwise its connection is closed without an answer. */
    abstract boolean takes(ConnectRequest request);

    /** A client asks for a new session. */
    abstract void create(Client client, ConnectRequest request, int timeoutMillis);

    /** A client asks for a session that it had. */
    abstract void resume(Client client, ConnectRequest request, int timeoutMillis);

    /** A session has a connection here from now on. */
    abstract void attached(Client client);

    /** A client is still connected here whose session was served by this server in the epoch before. */
    void kept(Client client) {}

    /** It is on record that a session moved to this server, for which a client waits. */
    void moved(Task connecting) {
        throw new AssertionError("only a leader's own clients wait for it");
    }

    /** A client was heard of. False if its session is ending: the request is dropped (client-protocol 12.2). */
    abstract boolean touch(Client client);

    /** A client wants to change something; {@code task.request} is null if that could not be read. */
    abstract void write(Task task);

    /** A client wants to see all that is committed by now. */
    abstract void sync(Task task);

    /** The request behind a transaction that was planned elsewhere, or null. */
    Task waitingFor(TxnHeader header) {
        return null;
    }

    /** True if this is what a request is answered whose session is on another server by now. */
    boolean isMoved(Outcome outcome) {
        return false;
    }

    /** True if a member of the ensemble is answered so whose client has gone elsewhere. */
    static boolean saysMoved(Outcome outcome) {
        int moved = ErrorCode.SESSION_MOVED.code();
        if (outcome.body() instanceof MultiResponse multi) {
            for (MultiResult result : multi.results()) {
                if (result.err() == moved) {
                    return true;
                }
            }
        }
        return outcome.err() == moved;
    }

    /** A session began for which no client waits here. */
    void created(Session session) {}

    void closed(long session) {}

    /** A connection is gone; what it waited for is still there. */
    void gone(Client client) {}

    /** Requests of clients that are taken and not applied yet. */
    abstract int outstanding();

    /** True while so much is in flight that clients should not be read. */
    abstract boolean isFull();

    /** Does what time asks for, and returns when to be called next. */
    abstract long tick();
}
