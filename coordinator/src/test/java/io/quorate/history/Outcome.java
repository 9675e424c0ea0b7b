package io.quorate.history;

/** What a client was told of its request. */
public enum Outcome {
    OK,
    NODE_EXISTS,
    NO_NODE,
    BAD_VERSION,
    /** Refused for what is wrong with the session, whatever the node is like: nothing happened. */
    VOID,
    /** The connection was lost first: it may happen at any time after it was asked for, or never. */
    UNKNOWN
}
