package io.quorate.wire.client;

/** Owns the kinds of watches that can be removed (client-protocol section 8.12). */
public enum WatcherType {
    /** One-shot watches of getChildren. */
    CHILDREN(1),

    /** One-shot watches of getData and exists. */
    DATA(2),

    /** All watches on the path. */
    ANY(3),

    /** Watches of {@link AddWatchMode#PERSISTENT}. */
    PERSISTENT(4),

    /** Watches of {@link AddWatchMode#PERSISTENT_RECURSIVE}. */
    PERSISTENT_RECURSIVE(5);

    private final int code;

    WatcherType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
