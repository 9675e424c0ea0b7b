package io.quorate.wire.client;

/** Owns what can happen to the session of a client, as its {@link SessionListener} is told. */
public enum SessionEvent {
    /** The session is established, for the first time or again, on a server that takes writes. */
    CONNECTED(false),

    /** The session is established on a server that has lost its quorum; only reads are answered: {@link ClientBuilder#readOnly}. */
    CONNECTED_READ_ONLY(false),

    /** The connection is lost. The session may live on; the client tries to reach a server. */
    DISCONNECTED(false),

    /** The session is over: a server said so. Its ephemeral nodes are or will be deleted. This client is of no more use. */
    EXPIRED(true),

    /** A server refused credentials. This client is of no more use; the session lives until its timeout. */
    AUTH_FAILED(true),

    /** {@code close} or {@code abandon} is done. */
    CLOSED(true);

    private final boolean terminal;

    SessionEvent(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether this is the last event of its client; all requests fail from here on. */
    public boolean isTerminal() {
        return terminal;
    }
}
