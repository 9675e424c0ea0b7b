package io.quorate.coordinator.core;

import io.quorate.coordinator.session.ExpiryBuckets;
import io.quorate.coordinator.session.Session;
import io.quorate.coordinator.session.SessionIds;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;

/** Keeps sessions alive and lets them expire, and knows which connection each is on (semantics 7). */
final class SessionKeeper {

    static final int PING_XID = -2;

    private final CoreSettings settings;
    private final SessionTable sessions;
    private final ExpiryBuckets buckets;
    private final Long2ObjectHashMap<Client> clients = new Long2ObjectHashMap<>();
    private final Deque<Session> expiring = new ArrayDeque<>();
    private SessionIds ids;

    SessionKeeper(CoreSettings settings, SessionTable sessions) {
        this.settings = settings;
        this.sessions = sessions;
        this.buckets = new ExpiryBuckets(settings.tickMillis());
    }

    /** Ids are made from this time on the wall clock. */
    void start(long wallMillis, long lastZxid) {
        ids = new SessionIds(settings.serverId(), wallMillis);
        skipKnownIds(lastZxid);
    }

    /** None of the sessions that are known is given out again. */
    void skipKnownIds(long lastZxid) {
        sessions.forEach(session -> ids.skip(session.id(), lastZxid));
    }

    /** Every session that is known gets its full timeout, and expires here. */
    void grantAll(long nowMillis) {
        buckets.clear();
        expiring.clear();
        sessions.forEach(session -> buckets.begin(session, nowMillis, session.timeoutMillis()));
    }

    /** No session expires here any more, and no planned end of one comes about. */
    void retire() {
        buckets.clear();
        expiring.clear();
        sessions.forEach(Session::unmarkClosing);
    }

    long newId() {
        return ids.take();
    }

    int negotiate(int requestedMillis) {
        return Math.max(
                settings.minSessionTimeoutMillis(), Math.min(settings.maxSessionTimeoutMillis(), requestedMillis));
    }

    /** The connection that a session is on, or null. */
    Client client(long session) {
        return clients.get(session);
    }

    /** The session to resume, or null if it is unknown, ending, or the password is wrong. */
    Session resume(long id, byte[] password) {
        Session session = sessions.get(id);
        boolean alive = session != null && !session.isClosing() && SessionIds.isPassword(id, password);
        return alive ? session : null;
    }

    /** The session lives on for so long. */
    void begin(Session session, int timeoutMillis, long nowMillis) {
        buckets.touch(session, nowMillis, timeoutMillis);
    }

    /** The client's session is on its connection. */
    void attach(Client client) {
        clients.put(client.session.id(), client);
    }

    /** Lets the client's session live on. Returns false if it is ending: its requests are dropped (client-protocol 12.2). */
    boolean touch(Client client, long nowMillis) {
        if (client.session.isClosing()) {
            return false;
        }
        buckets.touch(client.session, nowMillis, client.timeoutMillis);
        return true;
    }

    void detach(Client client) {
        if (client.session != null) {
            clients.remove(client.session.id(), client);
        }
    }

    /** The session is over. Returns the connection it was on, or null. */
    Client end(long session) {
        return clients.remove(session);
    }

    /** Hands out sessions whose time is up, for as long as there is room for what follows from it. */
    void expire(long nowMillis, BooleanSupplier hasRoom, Consumer<Session> expired) {
        buckets.expire(nowMillis, expiring::add);
        while (!expiring.isEmpty() && hasRoom.getAsBoolean()) {
            Session session = expiring.poll();
            boolean stillDue = session.deadlineMillis() <= nowMillis;
            if (session.isClosing() || !session.equals(sessions.get(session.id()))) {
                continue;
            }
            if (stillDue) {
                expired.accept(session);
            } else {
                buckets.refile(session);
            }
        }
    }

    long nextMillis() {
        return expiring.isEmpty() ? buckets.nextMillis() : 0;
    }

    static ConnectResponse acceptance(ConnectRequest request, long session, int timeoutMillis, boolean readOnly) {
        byte[] password = SessionIds.password(session);
        return new ConnectResponse(0, timeoutMillis, session, password, readOnly, request.hasReadOnly());
    }

    static ConnectResponse refusal(ConnectRequest request, boolean readOnly) {
        return new ConnectResponse(0, 0, 0, new byte[SessionIds.PASSWORD_BYTES], readOnly, request.hasReadOnly());
    }
}
