package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.OpCode;

/** Owns the table from the type in a transaction's header to the shape of its record (storage-formats section 4). */
public final class Txns {
    private Txns() {}

    /**
     * Decodes the record behind a header; bytes behind it are left unread: a digest, or something of the future.
     *
     * @throws MalformedException when the bytes are no such record, or no transaction has this type
     */
    public static Txn read(int type, JuteReader reader) {
        OpCode op = OpCode.of(type);
        if (op == null) {
            throw noTxn(type);
        }
        return switch (op) {
            case CREATE, CREATE2 -> CreateTxn.read(reader);
            case CREATE_CONTAINER -> CreateContainerTxn.read(reader);
            case CREATE_TTL -> CreateTtlTxn.read(reader);
            case DELETE, DELETE_CONTAINER -> DeleteTxn.read(reader);
            case SET_DATA, RECONFIG -> SetDataTxn.read(reader);
            case SET_ACL -> SetAclTxn.read(reader);
            case CHECK -> CheckVersionTxn.read(reader);
            case MULTI -> MultiTxn.read(reader);
            case CREATE_SESSION -> CreateSessionTxn.read(reader);
            case CLOSE_SESSION -> CloseSessionTxn.read(reader);
            case ERROR -> ErrorTxn.read(reader);
            case NOTIFICATION,
                    EXISTS,
                    GET_DATA,
                    GET_ACL,
                    GET_CHILDREN,
                    SYNC,
                    PING,
                    GET_CHILDREN2,
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
                    WHO_AM_I -> throw noTxn(type);
        };
    }

    private static MalformedException noTxn(int type) {
        return new MalformedException("transaction of type " + type);
    }
}
