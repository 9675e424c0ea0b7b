package io.quorate.wire.proto;

/** Owns the operation codes of the protocol (client-protocol section 7); some are internal and never come from a client. */
public enum OpCode {
    CREATE_SESSION(-10),
    CLOSE_SESSION(-11),
    ERROR(-1),
    NOTIFICATION(0),
    CREATE(1),
    DELETE(2),
    EXISTS(3),
    GET_DATA(4),
    SET_DATA(5),
    GET_ACL(6),
    SET_ACL(7),
    GET_CHILDREN(8),
    SYNC(9),
    PING(11),
    GET_CHILDREN2(12),
    CHECK(13),
    MULTI(14),
    CREATE2(15),
    RECONFIG(16),
    CHECK_WATCHES(17),
    REMOVE_WATCHES(18),
    CREATE_CONTAINER(19),
    DELETE_CONTAINER(20),
    CREATE_TTL(21),
    MULTI_READ(22),
    AUTH(100),
    SET_WATCHES(101),
    SASL(102),
    GET_EPHEMERALS(103),
    GET_ALL_CHILDREN_NUMBER(104),
    SET_WATCHES2(105),
    ADD_WATCH(106),
    WHO_AM_I(107);

    private static final int CODE_MIN = -11;
    private static final int CODE_MAX = 107;
    private static final OpCode[] BY_CODE = byCode();

    private final int code;

    OpCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The operation with this number, or null when there is none. */
    public static OpCode of(int code) {
        return code < CODE_MIN || code > CODE_MAX ? null : BY_CODE[code - CODE_MIN];
    }

    private static OpCode[] byCode() {
        OpCode[] table = new OpCode[CODE_MAX - CODE_MIN + 1];
        for (OpCode op : values()) {
            table[op.code - CODE_MIN] = op;
        }
        return table;
    }
}
