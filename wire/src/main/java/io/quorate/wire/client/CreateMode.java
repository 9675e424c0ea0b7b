package io.quorate.wire.client;

import io.quorate.wire.proto.OpCode;

/** Owns the kinds of nodes that can be created (client-protocol section 8.1). */
public enum CreateMode {
    /** Stays until it is deleted. */
    PERSISTENT(0, OpCode.CREATE2),

    /** Is deleted when the session that created it ends; can have no children. */
    EPHEMERAL(1, OpCode.CREATE2),

    /** As {@link #PERSISTENT}; the server appends ten digits that only grow below the same parent. */
    PERSISTENT_SEQUENTIAL(2, OpCode.CREATE2),

    /** As {@link #EPHEMERAL}; the server appends ten digits that only grow below the same parent. */
    EPHEMERAL_SEQUENTIAL(3, OpCode.CREATE2),

    /** Is deleted by the server some time after its last child has gone. */
    CONTAINER(4, OpCode.CREATE_CONTAINER),

    /** Is deleted by the server when it has no children and was not changed for the given time. */
    PERSISTENT_WITH_TTL(5, OpCode.CREATE_TTL),

    /** As {@link #PERSISTENT_WITH_TTL}; the server appends ten digits that only grow below the same parent. */
    PERSISTENT_SEQUENTIAL_WITH_TTL(6, OpCode.CREATE_TTL);

    private final int code;
    private final OpCode op;

    CreateMode(int code, OpCode op) {
        this.code = code;
        this.op = op;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Whether the server appends a sequence number to the path. */
    public boolean isSequential() {
        return this == PERSISTENT_SEQUENTIAL || this == EPHEMERAL_SEQUENTIAL || this == PERSISTENT_SEQUENTIAL_WITH_TTL;
    }

    /** Whether a time to live belongs to it. */
    public boolean hasTtl() {
        return op == OpCode.CREATE_TTL;
    }

    /** The operation that creates such a node and answers with its Stat. */
    OpCode op() {
        return op;
    }
}
