package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Caller;
import io.quorate.coordinator.op.Ops;
import io.quorate.coordinator.session.Session;
import io.quorate.coordinator.session.SessionIds;
import io.quorate.coordinator.zab.Ensemble;
import io.quorate.coordinator.zab.Learner;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Requests;
import io.quorate.wire.quorum.ForwardedRequest;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Revalidation;
import io.quorate.wire.quorum.RevalidationReply;
import io.quorate.wire.quorum.SessionTouch;
import io.quorate.wire.quorum.SessionTouches;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Serves as the leader: plans what clients of all members write, keeps their sessions alive, and knows through whom each
 * session is served (quorum protocol, section 13).
 */
final class Leading extends Planning {

    /** Owns the sessions of a learner that is gone: whoever has one must ask for it again. */
    private static final Object NOBODY = new Object();

    /** One request of a learner that is to be planned. */
    private record Forwarded(Learner from, ForwardedRequest request, List<Identity> identities) {}

    /**
     * Something that a learner asked for, and that must wait for its turn.
     *
     * @param request what a client wants to have planned; null for a question after its session
     */
    private record Held(Learner from, ForwardedRequest request, Runnable work) {
        boolean isQuestion() {
            return request == null;
        }

        /** Syncs are answered by their number, so that none may be left out. */
        boolean isWriteOf(long session) {
            return request != null && request.sessionId() == session && request.opcode() != OpCode.SYNC.code();
        }
    }

    private final Ensemble ensemble;

    /** By session: the learner that serves it, or this for a session that is served here. */
    private final Long2ObjectHashMap<Object> owners = new Long2ObjectHashMap<>();

    /** Sessions whose creation is planned, by their ids. */
    private final LongHashSet beginning = new LongHashSet();

    /** Sessions whose move to this server is not on record yet. */
    private final LongHashSet arriving = new LongHashSet();

    /** Requests for which there is no room now, in order. Their number is bounded by what learners leave unanswered. */
    private final Deque<Held> held = new ArrayDeque<>();

    /** Sessions that own nodes and are not there: a snapshot had the nodes. They end in their turn. */
    private final Deque<Long> missing = new ArrayDeque<>();

    private final JuteReader reader = new JuteReader(Integer.MAX_VALUE);

    Leading(Core core, Ensemble ensemble) {
        super(core);
        this.ensemble = ensemble;
    }

    /** Nodes whose session is gone go with the first transactions of the epoch, everywhere alike (section 7.1). */
    @Override
    void begin() {
        super.begin();
        missing.addAll(core.sessions().missing());
    }

    @Override
    ServerMode mode() {
        return ServerMode.LEADER;
    }

    /**
     * A session that moves here is not answered for before that is on record. A client that comes twice while it waits for this
     * has to come once more; so has one whose session is about to end, for that may come to nothing if this leader does.
     */
    @Override
    void resume(Client client, ConnectRequest request, int timeoutMillis) {
        long id = request.sessionId();
        Session session = core.sessions().get(id);
        boolean isClosing = session != null && session.isClosing();
        if (session == null || !SessionIds.isPassword(id, request.password())) {
            core.refuse(client, request);
        } else if (isClosing || arriving.contains(id)) {
            core.end(client);
        } else if (!moves(id, this)) {
            core.attach(Task.connecting(client, request, timeoutMillis, core.nowMillis()), session);
        } else if (hasNoRoom()) {
            core.end(client);
        } else {
            owners.put(id, this);
            arriving.add(id);
            core.keeper().begin(session, timeoutMillis, core.nowMillis());
            record(id, Task.connecting(client, request, timeoutMillis, core.nowMillis()));
        }
    }

    /**
     * Whether another server may have a connection of the session, as far as is known in this epoch. While the disk takes nothing,
     * sessions move all the same, without a record.
     */
    private boolean moves(long session, Object to) {
        return owners.get(session) != to && core.hasSpace();
    }

    /** Whoever served the session finds by this error, which belongs to no request, that it does so no longer. */
    private void record(long session, Task connecting) {
        core.writes().refuse(ErrorCode.SESSION_MOVED, session, 0, connecting, core.wallMillis());
    }

    @Override
    void moved(Task connecting) {
        long id = connecting.connect.sessionId();
        arriving.remove(id);
        Session session = core.sessions().get(id);
        if (connecting.client.gone) {
            return;
        }
        if (session == null) {
            core.refuse(connecting.client, connecting.connect);
        } else if (owners.get(id) != this || session.isClosing()) {
            core.end(connecting.client);
        } else {
            core.attach(connecting, session);
        }
    }

    @Override
    void attached(Client client) {
        super.attached(client);
        owners.put(client.sessionId(), this);
    }

    @Override
    void kept(Client client) {
        client.confirmed = true;
        owners.put(client.sessionId(), this);
    }

    /** The first that uses a session in an epoch owns it, so that one who was kept may find that it is served elsewhere. */
    @Override
    void write(Task task) {
        long session = task.client.sessionId();
        Object owner = owners.get(session);
        if (owner == null) {
            owners.put(session, this);
        }
        if (owner == null || owner == this) {
            super.write(task);
        } else {
            core.end(task.client);
        }
    }

    @Override
    void created(Session session) {
        super.created(session);
        beginning.remove(session.id());
    }

    @Override
    void closed(long session) {
        owners.remove(session);
    }

    /** A learner sent a client's request (section 14.1). */
    void onForwarded(Learner from, QuorumPacket packet) {
        ForwardedRequest request = ForwardedRequest.read(packet.payload());
        List<Identity> identities = packet.authinfo() == null ? List.of() : packet.authinfo();
        Forwarded forwarded = new Forwarded(from, request, identities);
        held.add(new Held(from, request, () -> take(forwarded)));
        drain();
    }

    private void drain() {
        while (!held.isEmpty() && core.hasSpace() && !hasNoRoom()) {
            held.poll().work.run();
        }
        if (!core.hasSpace() && !held.isEmpty()) {
            List<Held> questions = held.stream().filter(Held::isQuestion).toList();
            held.removeAll(questions);
            questions.forEach(question -> question.work.run());
        }
    }

    private void take(Forwarded forwarded) {
        OpCode op = OpCode.of(forwarded.request.opcode());
        if (op == OpCode.SYNC) {
            boolean unused = owns(forwarded.from, forwarded.request.sessionId());
            ensemble.answer(forwarded.from, QuorumPacket.sync());
        } else if (op == OpCode.CREATE_SESSION) {
            createSession(forwarded);
        } else {
            plan(op, forwarded);
        }
    }

    private void createSession(Forwarded forwarded) {
        ForwardedRequest request = forwarded.request;
        long id = request.sessionId();
        if (request.request().length < Integer.BYTES) {
            refuse(ErrorCode.MARSHALLING_ERROR, request);
            return;
        }
        owners.put(id, forwarded.from);
        beginning.add(id);
        core.writes().createSession(id, wrap(request).readInt(), null, core.wallMillis());
    }

    private void plan(OpCode op, Forwarded forwarded) {
        ForwardedRequest request = forwarded.request;
        ErrorCode refused = check(op, forwarded);
        Request read = refused == null ? read(op, request) : null;
        if (refused != null) {
            refuse(refused, request);
        } else if (read == null) {
            refuse(ErrorCode.MARSHALLING_ERROR, request);
        } else {
            Session session = core.sessions().get(request.sessionId());
            if (op == OpCode.CLOSE_SESSION && session != null) {
                session.markClosing();
            }
            Caller caller = new Caller(request.sessionId(), forwarded.identities);
            core.writes().plan(op, read, caller, request.cxid(), null, core.wallMillis());
        }
    }

    private void refuse(ErrorCode error, ForwardedRequest request) {
        core.writes().refuse(error, request.sessionId(), request.cxid(), null, core.wallMillis());
    }

    /**
     * Why a request cannot be planned, or null. A session may end more than once, but not because its client asked for it where it was
     * before (section 13.5).
     */
    private ErrorCode check(OpCode op, Forwarded forwarded) {
        if (op == null || !Ops.canBePlanned(op)) {
            return ErrorCode.UNIMPLEMENTED;
        }
        long id = forwarded.request.sessionId();
        if (id == 0) {
            return null;
        }
        Session session = core.sessions().get(id);
        if (op == OpCode.CLOSE_SESSION && (session == null || session.isClosing())) {
            return null;
        }
        boolean lives = session == null ? beginning.contains(id) : !session.isClosing();
        if (!lives) {
            return ErrorCode.SESSION_EXPIRED;
        }
        return owns(forwarded.from, id) ? null : ErrorCode.SESSION_MOVED;
    }

    /** The first that uses a session in an epoch owns it. */
    private boolean owns(Learner learner, long session) {
        Object owner = owners.get(session);
        if (owner == null) {
            owners.put(session, learner);
            endHere(session);
        }
        return owner == null || owner == learner;
    }

    /** The session is served elsewhere. */
    private void endHere(long session) {
        Client before = core.keeper().client(session);
        if (before != null) {
            core.end(before);
        }
    }

    private Request read(OpCode op, ForwardedRequest request) {
        try {
            return Requests.read(op, wrap(request));
        } catch (MalformedException e) {
            return null;
        }
    }

    private JuteReader wrap(ForwardedRequest request) {
        byte[] bytes = request.request();
        return reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** A learner says which sessions it heard of (section 13.3). */
    void onTouches(byte[] touches) {
        reader.wrap(new UnsafeBuffer(touches), 0, touches.length);
        for (SessionTouch touch : SessionTouches.read(reader).touches()) {
            touch(core.sessions().get(touch.sessionId()), touch.timeoutMillis());
        }
    }

    private boolean touch(Session session, int timeoutMillis) {
        boolean lives = session != null && !session.isClosing();
        if (lives) {
            core.keeper().begin(session, timeoutMillis, core.nowMillis());
        }
        return lives;
    }

    /** A client asks a learner for its session, which moves there if it lives (section 13.4). */
    void onRevalidate(Learner from, QuorumPacket question) {
        Revalidation asked = Revalidation.read(question.payload());
        held.add(new Held(from, null, () -> revalidate(from, asked)));
        drain();
    }

    /** The answer follows the record of the move, so that it is not lost if this leader is. */
    private void revalidate(Learner from, Revalidation asked) {
        long id = asked.sessionId();
        boolean lives = touch(core.sessions().get(id), asked.timeoutMillis());
        if (lives) {
            if (moves(id, from)) {
                record(id, null);
            }
            if (!core.hasSpace()) {
                // What waits for space was asked for where the client was before.
                held.removeIf(request -> request.isWriteOf(id));
            }
            owners.put(id, from);
            endHere(id);
        }
        ensemble.answer(from, QuorumPacket.revalidateReply(new RevalidationReply(id, lives)));
    }

    /** What the learner served belongs to nobody, so that a late request through another one does not get it. */
    void onLearnerGone(Learner learner) {
        owners.replaceAll((session, owner) -> owner == learner ? NOBODY : owner);
        held.removeIf(request -> request.from == learner);
    }

    @Override
    int outstanding() {
        return core.writes().inFlightForClients() + held.size();
    }

    /** Learners bound what they have in flight themselves: their requests must not keep clients of this server waiting. */
    @Override
    boolean isFull() {
        boolean othersWait = core.hasSpace() && !held.isEmpty();
        return core.writes().inFlightForClients() >= core.settings().inFlightMax() || othersWait || hasNoRoom();
    }

    @Override
    long tick() {
        while (!missing.isEmpty() && core.hasSpace() && !hasNoRoom()) {
            plan(OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE, missing.poll());
        }
        drain();
        return super.tick();
    }
}
