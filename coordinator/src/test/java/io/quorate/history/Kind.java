package io.quorate.history;

/** What a client asked for. */
public enum Kind {
    CREATE,
    /** A node that must end with its session, and not before. It is created once and never deleted by a client. */
    CREATE_EPHEMERAL,
    SET,
    DELETE,
    /** Sees some state that was current once. */
    READ,
    /** A read behind a sync: sees all that anybody had been told when the sync was asked for. */
    FRESH_READ,
    /** The client ends its session. */
    CLOSE,
    /** The client was told that its session is over. It asked for the session, and was refused. */
    EXPIRED;

    boolean isWrite() {
        return this == CREATE || this == CREATE_EPHEMERAL || this == SET || this == DELETE;
    }

    boolean isRead() {
        return this == READ || this == FRESH_READ;
    }
}
