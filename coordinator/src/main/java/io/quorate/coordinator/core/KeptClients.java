package io.quorate.coordinator.core;

import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.TxnHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Clients that stay connected from the end of one role to the beginning of the next, and what becomes of their requests.
 *
 * <p>The fate of a request that was under way when the role ended is known as soon as this server serves in a later epoch: what
 * belongs to that epoch's history was applied here before, and is matched by session and number; what does not can never be
 * committed any more (a quorum has promised itself to the later epoch without it), and is submitted again, in order. Where that
 * cannot be said, the connection ends, which clients take for "unknown":
 *
 * <ul>
 *   <li>the epoch is the same, so that the old leader may still take what was sent to it;
 *   <li>the state is replaced by a copy, or rebuilt, so that what was applied in between is not known;
 *   <li>a session is used through another server, or may be: see below;
 *   <li>a session was about to begin or to end.
 * </ul>
 *
 * <p>A connection may linger whose client has long moved to another server, with requests in it that must not be executed behind
 * what was asked for there. Within an epoch the leader knows through whom a session is served. To know it afterwards, every move to
 * another server than the one the leader knows of is on record in the history ({@link Leading#moves}); whoever was confirmed as
 * that server finds the record before it serves in the next epoch. So only those are kept whom the leader of the old epoch was told
 * of, and only into the epoch that follows it. A leader that is ZooKeeper puts nothing on record; there, a client that has waited
 * for so long that it may have moved is not served.
 *
 * <p>Meanwhile no client is read, and nothing that is applied is told ({@link HeldOrders}).
 */
final class KeptClients {

    /** After so much of its session's timeout a client that hears nothing looks for another server. */
    private static final double PATIENCE = 2.0 / 3;

    private final Core core;
    private final int keepMillis;
    private final Deque<Client> resuming = new ArrayDeque<>();
    private boolean holding;
    private long servedEpoch;
    private long deadlineMillis;

    /** @param keepMillis how long; 0 for not at all */
    KeptClients(Core core, int keepMillis) {
        this.core = core;
        this.keepMillis = keepMillis;
    }

    /** The role is over in which this epoch was served. */
    void hold(long epoch) {
        holding = keepMillis > 0;
        servedEpoch = epoch;
        deadlineMillis = core.nowMillis() + keepMillis;
        resuming.clear();
        for (Client client : List.copyOf(core.clients())) {
            if (holding && client.session != null && !client.ended && client.confirmed) {
                client.hold();
            } else if (client.session != null || client.connecting) {
                core.end(client);
            }
        }
    }

    /** Clients are not kept any longer. */
    void abandon() {
        holding = false;
        resuming.clear();
        for (Client client : List.copyOf(core.clients())) {
            if (client.later != null) {
                core.end(client);
            }
        }
    }

    /** This server serves in this epoch: all that it has applied is agreed on. */
    void serve(long epoch) {
        if (!holding) {
            return;
        }
        if (epoch != servedEpoch + 1) {
            abandon();
            return;
        }
        holding = false;
        for (Client client : List.copyOf(core.clients())) {
            if (client.later != null) {
                client.release();
                core.role().kept(client);
                resuming.add(client);
            }
        }
        drain();
    }

    /** True while clients are not to be read, for theirs are requests that come first. */
    boolean isBusy() {
        return holding || !resuming.isEmpty();
    }

    /** Does what time and room allow, and returns when to be called next. */
    long tick() {
        if (holding && core.nowMillis() >= deadlineMillis) {
            abandon();
        }
        if (!holding) {
            drain();
        }
        return holding ? deadlineMillis : Long.MAX_VALUE;
    }

    private void drain() {
        while (!resuming.isEmpty() && !core.role().isFull()) {
            Client client = resuming.peek();
            Task next = client.gone ? null : client.later.poll();
            if (next == null) {
                client.later = null;
                resuming.poll();
            } else if (hasLostPatience(next)) {
                core.end(client);
            } else {
                next.inFlight = false;
                core.submit(next);
            }
        }
    }

    private boolean hasLostPatience(Task task) {
        return core.nowMillis() - task.arrivedMillis >= task.client.timeoutMillis * PATIENCE;
    }

    /**
     * The request behind a transaction that is applied meanwhile, or null. One that nobody here waits for, though the session
     * is on a connection here, was asked for elsewhere: the client has moved.
     */
    Task waitingFor(TxnHeader header) {
        OpCode type = OpCode.of(header.type());
        Client client = core.keeper().client(header.clientId());
        if (client == null || type == OpCode.CREATE_SESSION || type == OpCode.CLOSE_SESSION) {
            return null;
        }
        Task first = client.firstWrite();
        if (first != null && first.xid == header.cxid() && header.cxid() != 0) {
            return first;
        }
        core.end(client);
        return null;
    }
}
