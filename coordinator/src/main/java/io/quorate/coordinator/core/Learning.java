package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Ops;
import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.session.Session;
import io.quorate.coordinator.session.SessionIds;
import io.quorate.coordinator.zab.Ensemble;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.quorum.ForwardedRequest;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Revalidation;
import io.quorate.wire.quorum.RevalidationReply;
import io.quorate.wire.quorum.SessionTouch;
import io.quorate.wire.quorum.SessionTouches;
import io.quorate.wire.txn.TxnHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Serves clients under a leader: reads are answered here, writes are sent there and answered when they are applied here
 * (quorum protocol, section 14). The leader decides which sessions live.
 */
final class Learning extends Role {

    private static final int NO_CXID = 0;

    private final Ensemble ensemble;

    /** Clients whose session is to be created, by its id. */
    private final Long2ObjectHashMap<Task> creating = new Long2ObjectHashMap<>();

    /** Clients whose session the leader was asked about, by its id. */
    private final Long2ObjectHashMap<Task> revalidating = new Long2ObjectHashMap<>();

    /** Syncs in the order in which they were sent, also those whose clients are gone. */
    private final Deque<Task> syncs = new ArrayDeque<>();

    private final List<SessionTouch> touched = new ArrayList<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final JuteWriter writer = new JuteWriter();
    private int touchTable = 1;
    private int writes;

    Learning(Core core, Ensemble ensemble) {
        super(core);
        this.ensemble = ensemble;
    }

    @Override
    ServerMode mode() {
        return ensemble.state() == PeerState.OBSERVING ? ServerMode.OBSERVER : ServerMode.FOLLOWER;
    }

    @Override
    boolean takes(ConnectRequest request) {
        return true;
    }

    @Override
    void create(Client client, ConnectRequest request, int timeoutMillis) {
        long id = core.keeper().newId();
        creating.put(id, Task.connecting(client, request, timeoutMillis, core.nowMillis()));
        writer.wrap(buffer, 0);
        writer.writeInt(timeoutMillis);
        forward(id, NO_CXID, OpCode.CREATE_SESSION, null);
    }

    /** The password can be judged here, all else only by the leader. */
    @Override
    void resume(Client client, ConnectRequest request, int timeoutMillis) {
        long id = request.sessionId();
        if (!SessionIds.isPassword(id, request.password())) {
            core.refuse(client, request);
            return;
        }
        endIfWaiting(revalidating.put(id, Task.connecting(client, request, timeoutMillis, core.nowMillis())));
        ensemble.forward(QuorumPacket.revalidate(new Revalidation(id, timeoutMillis)));
    }

    /** The leader says whether a session lives (section 13.4). */
    void onRevalidated(RevalidationReply reply) {
        Task task = revalidating.remove(reply.sessionId());
        if (task == null || task.client.gone) {
            return;
        }
        Session session = core.sessions().get(reply.sessionId());
        if (!reply.valid()) {
            core.refuse(task.client, task.connect);
        } else if (session == null) {
            // It lives, but its beginning is not applied here yet.
            endIfWaiting(creating.put(reply.sessionId(), task));
        } else {
            core.attach(task, session);
        }
    }

    /** The leader says that the session lives: if its end was asked for here before it moved, nothing comes of that. */
    @Override
    void attached(Client client) {
        client.confirmed = true;
        client.session.unmarkClosing();
        note(client);
    }

    @Override
    boolean touch(Client client) {
        if (client.session.isClosing()) {
            return false;
        }
        note(client);
        return true;
    }

    private void note(Client client) {
        if (client.touchedIn != touchTable) {
            client.touchedIn = touchTable;
            touched.add(new SessionTouch(client.sessionId(), client.timeoutMillis));
        }
    }

    /** Which sessions were heard of since the last call (section 13.3). */
    byte[] takeTouches() {
        writer.wrap(buffer, 0);
        new SessionTouches(touched).write(writer);
        touched.clear();
        touchTable++;
        return written();
    }

    private byte[] written() {
        byte[] bytes = new byte[writer.position()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** What cannot be read is never sent on: it does harm at a leader of the reference (client-protocol 12.5). */
    @Override
    void write(Task task) {
        if (task.request == null) {
            core.order().refuse(task, ErrorCode.MARSHALLING_ERROR);
        } else if (Ops.isPoison(task.request)) {
            core.order().refuse(task, ErrorCode.BAD_ARGUMENTS);
        } else {
            task.forwarded = true;
            writes++;
            send(task);
        }
    }

    @Override
    void sync(Task task) {
        syncs.add(task);
        send(task);
    }

    private void send(Task task) {
        core.order().enter(task);
        Client client = task.client;
        Request request = task.request;
        writer.wrap(buffer, 0);
        request.write(writer);
        forward(client.sessionId(), task.xid, task.op, client.caller.identities());
    }

    /** Sends the record that was just written. */
    private void forward(long session, int cxid, OpCode op, List<Identity> identities) {
        ensemble.forward(QuorumPacket.request(new ForwardedRequest(session, cxid, op.code(), written()), identities));
    }

    /** The leader answered the oldest sync. */
    void onSynced() {
        Task task = syncs.poll();
        if (task != null && !task.client.gone) {
            task.inFlight = false;
            core.order().release(task.client);
        }
    }

    @Override
    Task waitingFor(TxnHeader header) {
        OpCode type = OpCode.of(header.type());
        if (type == OpCode.CREATE_SESSION) {
            return creating.remove(header.clientId());
        }
        if (type == OpCode.ERROR && header.cxid() == NO_CXID) {
            onSessionRefused(header.clientId());
        }
        Client client = core.keeper().client(header.clientId());
        Task task = client == null ? null : firstWrite(client);
        // An end that nobody here asked for has the number 0, and so may have a request.
        boolean isOther = task == null
                || !task.forwarded
                || task.xid != header.cxid()
                || (type == OpCode.CLOSE_SESSION && task.op != OpCode.CLOSE_SESSION);
        if (isOther) {
            endIfMoved(client, header);
            return null;
        }
        client.confirmed = true;
        task.forwarded = false;
        writes--;
        return task;
    }

    /** An error of a session that nobody asked for says that it is served elsewhere from now on ({@link Leading#moves}). */
    private void endIfMoved(Client client, TxnHeader header) {
        if (client != null && OpCode.of(header.type()) == OpCode.ERROR && header.cxid() == NO_CXID) {
            core.end(client);
        }
    }

    private void onSessionRefused(long id) {
        endIfWaiting(creating.remove(id));
    }

    private void endIfWaiting(Task connecting) {
        if (connecting != null && !connecting.client.gone) {
            core.end(connecting.client);
        }
    }

    private static Task firstWrite(Client client) {
        Task first = client.waiting.peek();
        if (first == null || first.op != OpCode.SYNC) {
            return first;
        }
        for (Task task : client.waiting) {
            if (task.forwarded) {
                return task;
            }
        }
        return null;
    }

    @Override
    boolean isMoved(Outcome outcome) {
        return saysMoved(outcome);
    }

    @Override
    void gone(Client client) {
        for (Task task : client.waiting) {
            writes -= task.forwarded ? 1 : 0;
        }
    }

    @Override
    int outstanding() {
        return writes + syncs.size() + creating.size() + revalidating.size();
    }

    @Override
    boolean isFull() {
        return outstanding() >= core.settings().inFlightMax();
    }

    @Override
    long tick() {
        return Long.MAX_VALUE;
    }
}
