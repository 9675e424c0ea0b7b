package io.quorate.coordinator.op;

import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.Txn;

/** The table of operations: which code is a write, which is a read, and who does it. */
public final class Ops {

    private static final int ANY_VERSION = -1;

    private Ops() {}

    /** True for operations that become a transaction. */
    public static boolean isWrite(OpCode op) {
        return switch (op) {
            case CREATE,
                    CREATE2,
                    CREATE_CONTAINER,
                    CREATE_TTL,
                    DELETE,
                    DELETE_CONTAINER,
                    SET_DATA,
                    SET_ACL,
                    MULTI,
                    RECONFIG,
                    CLOSE_SESSION,
                    CREATE_SESSION -> true;
            case CHECK,
                    ERROR,
                    NOTIFICATION,
                    EXISTS,
                    GET_DATA,
                    GET_ACL,
                    GET_CHILDREN,
                    GET_CHILDREN2,
                    SYNC,
                    PING,
                    CHECK_WATCHES,
                    REMOVE_WATCHES,
                    MULTI_READ,
                    AUTH,
                    SET_WATCHES,
                    SASL,
                    GET_EPHEMERALS,
                    GET_ALL_CHILDREN_NUMBER,
                    SET_WATCHES2,
                    ADD_WATCH,
                    WHO_AM_I -> false;
        };
    }

    /** True for what a client may send as a request of its own (client-protocol 7). */
    public static boolean isForClients(OpCode op) {
        return switch (op) {
            case CREATE_SESSION, DELETE_CONTAINER, CHECK, ERROR, NOTIFICATION -> false;
            default -> true;
        };
    }

    /** True for what becomes a transaction, be it asked by a client or by another server on behalf of one. */
    public static boolean canBePlanned(OpCode op) {
        return WRITES[op.ordinal()] != null;
    }

    /** True for a request that a server of the reference takes, and dies of (client-protocol 8.2). */
    public static boolean isPoison(Request request) {
        return request instanceof CreateTtlRequest ttl && !CreateOp.isTtl(ttl.flags()) && ttl.ttlMillis() < 0;
    }

    /** Plans a write; see {@link WriteOp#plan}. */
    public static Txn plan(OpCode op, Request request, PlanContext context) {
        return writeOp(op).plan(request, context);
    }

    /** Answers a read from committed state. */
    public static Outcome read(OpCode op, Request request, ReadContext<?> context) {
        return READS.of(op).read(request, context);
    }

    static WriteOp writeOp(OpCode op) {
        WriteOp write = WRITES[op.ordinal()];
        assert write != null : op;
        return write;
    }

    private static final WriteOp[] WRITES = new WriteOp[OpCode.values().length];
    private static final Reads READS = new Reads();

    static {
        WRITES[OpCode.CREATE.ordinal()] = new CreateOp(CreateOp.Kind.PLAIN);
        WRITES[OpCode.CREATE2.ordinal()] = new CreateOp(CreateOp.Kind.PLAIN);
        WRITES[OpCode.CREATE_CONTAINER.ordinal()] = new CreateOp(CreateOp.Kind.CONTAINER);
        WRITES[OpCode.CREATE_TTL.ordinal()] = new CreateOp(CreateOp.Kind.TTL);
        WRITES[OpCode.DELETE.ordinal()] = new DeleteOp();
        WRITES[OpCode.DELETE_CONTAINER.ordinal()] = new DeleteContainerOp();
        WRITES[OpCode.SET_DATA.ordinal()] = new SetDataOp();
        WRITES[OpCode.SET_ACL.ordinal()] = new SetAclOp();
        WRITES[OpCode.CHECK.ordinal()] = new CheckOp();
        WRITES[OpCode.MULTI.ordinal()] = new MultiOp();
        WRITES[OpCode.CLOSE_SESSION.ordinal()] = new CloseSessionOp();
        WRITES[OpCode.RECONFIG.ordinal()] = (request, context) -> refuse(ErrorCode.RECONFIG_DISABLED);
    }

    static ErrorTxn refuse(ErrorCode error) {
        return new ErrorTxn(error.code());
    }

    static boolean isOtherVersion(int wanted, int present) {
        return wanted != ANY_VERSION && wanted != present;
    }
}
