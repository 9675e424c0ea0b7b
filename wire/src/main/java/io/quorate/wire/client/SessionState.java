package io.quorate.wire.client;

import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;

/** Owns what a client knows of its session, and what it tells the next server about it. Pure. */
final class SessionState {
    private static final byte[] NO_PASSWORD = new byte[16];

    private final int wantedTimeoutMillis;
    private final boolean mayBeReadOnly;
    private Session session;

    /** Whether a server with a quorum knows the session; one that a read-only server made cannot be resumed elsewhere. */
    private boolean resumable;

    private long lastZxidSeen;

    /** What the watches were last in step with, while they are being set again. */
    private long rewatchZxid;

    private int rewatching;

    /** @param resumed the session to take over, or null */
    SessionState(int wantedTimeoutMillis, boolean mayBeReadOnly, Session resumed) {
        this.wantedTimeoutMillis = wantedTimeoutMillis;
        this.mayBeReadOnly = mayBeReadOnly;
        this.session = resumed;
        this.resumable = resumed != null;
    }

    ConnectRequest connectRequest() {
        return new ConnectRequest(
                0,
                lastZxidSeen,
                wantedTimeoutMillis,
                resumable ? session.id() : 0,
                resumable ? session.password() : NO_PASSWORD,
                mayBeReadOnly,
                true);
    }

    /** Whether the answer says that the session is over. */
    static boolean isRefusal(ConnectResponse response) {
        return response.timeoutMillis() <= 0;
    }

    /** A server has confirmed the session, or made one. */
    void confirmed(ConnectResponse response) {
        if (response.sessionId() == 0 || response.password() == null) {
            throw new MalformedException("session without id or password");
        }
        session = new Session(response.sessionId(), response.password());
        resumable |= !response.readOnly();
    }

    /** Null before there is one. */
    Session session() {
        return session;
    }

    /** The header of a reply says that the server has come so far; events up to there have been seen. */
    void seen(long zxid) {
        if (zxid > lastZxidSeen) {
            lastZxidSeen = zxid;
        }
    }

    /**
     * The zxid from which on changes of watched nodes are still unknown. When a connection broke while watches were being
     * set again, that is where this began: replies on that connection have moved the zxid seen past changes that the watches
     * not yet set would have reported.
     */
    long startRewatching() {
        if (rewatching == 0) {
            rewatchZxid = lastZxidSeen;
        }
        return rewatchZxid;
    }

    /** So many batches of watches were sent. */
    void rewatching(int batches) {
        rewatching = batches;
    }

    /** One batch was answered; false if none was sent. */
    boolean rewatched() {
        if (rewatching == 0) {
            return false;
        }
        rewatching--;
        return true;
    }
}
