package io.quorate.wire.client;

/** Owns the modes of watches that stay until they are removed (client-protocol section 8.13). */
public enum AddWatchMode {
    /** The node, created, changed and deleted, and its list of children. */
    PERSISTENT(0),

    /** The node and everything below it, created, changed and deleted; never lists of children. */
    PERSISTENT_RECURSIVE(1);

    private final int code;

    AddWatchMode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
