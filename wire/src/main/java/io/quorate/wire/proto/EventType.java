package io.quorate.wire.proto;

/** Owns the kinds of watch events (client-protocol section 3.3); a server sends only the four about nodes. */
public enum EventType {
    NONE(-1),
    NODE_CREATED(1),
    NODE_DELETED(2),
    NODE_DATA_CHANGED(3),
    NODE_CHILDREN_CHANGED(4),
    DATA_WATCH_REMOVED(5),
    CHILD_WATCH_REMOVED(6),
    PERSISTENT_WATCH_REMOVED(7);

    private static final EventType[] ALL = values();

    private final int code;

    EventType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The kind with this number, or null when there is none. */
    public static EventType of(int code) {
        if (code == NONE.code) {
            return NONE;
        }
        return code < 1 || code >= ALL.length ? null : ALL[code];
    }
}
