package io.quorate.wire;

import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.EmptyResponse;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.txn.CheckVersionTxn;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateContainerTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTtlTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.SetDataTxn;
import java.util.EnumMap;
import java.util.Map;

/** Owns which record follows which type where types are on the wire, as the specification's tables have it. */
final class Shapes {
    /** What may be part of a multi (client-protocol section 9.1). */
    static final Map<OpCode, Class<? extends Record>> MULTI_WRITES = new EnumMap<>(Map.of(
            OpCode.CREATE, CreateRequest.class,
            OpCode.CREATE2, CreateRequest.class,
            OpCode.CREATE_CONTAINER, CreateRequest.class,
            OpCode.CREATE_TTL, CreateTtlRequest.class,
            OpCode.DELETE, DeleteRequest.class,
            OpCode.SET_DATA, SetDataRequest.class,
            OpCode.CHECK, CheckVersionRequest.class));

    /** What may be part of a multiRead (client-protocol section 9.1). */
    static final Map<OpCode, Class<? extends Record>> MULTI_READS =
            new EnumMap<>(Map.of(OpCode.GET_DATA, GetDataRequest.class, OpCode.GET_CHILDREN, GetChildrenRequest.class));

    /** What a part of either may result in (client-protocol section 9.2). */
    static final Map<OpCode, Class<? extends Record>> MULTI_RESULTS = new EnumMap<>(Map.of(
            OpCode.CREATE, CreateResponse.class,
            OpCode.CREATE2, Create2Response.class,
            OpCode.DELETE, EmptyResponse.class,
            OpCode.CHECK, EmptyResponse.class,
            OpCode.SET_DATA, StatResponse.class,
            OpCode.GET_DATA, GetDataResponse.class,
            OpCode.GET_CHILDREN, GetChildrenResponse.class,
            OpCode.ERROR, ErrorResponse.class));

    /** Transactions without parts (storage-formats section 4). */
    static final Map<OpCode, Class<? extends Record>> TXNS = new EnumMap<>(Map.ofEntries(
            Map.entry(OpCode.CREATE, CreateTxn.class),
            Map.entry(OpCode.CREATE2, CreateTxn.class),
            Map.entry(OpCode.CREATE_CONTAINER, CreateContainerTxn.class),
            Map.entry(OpCode.CREATE_TTL, CreateTtlTxn.class),
            Map.entry(OpCode.DELETE, DeleteTxn.class),
            Map.entry(OpCode.DELETE_CONTAINER, DeleteTxn.class),
            Map.entry(OpCode.SET_DATA, SetDataTxn.class),
            Map.entry(OpCode.RECONFIG, SetDataTxn.class),
            Map.entry(OpCode.SET_ACL, SetAclTxn.class),
            Map.entry(OpCode.CHECK, CheckVersionTxn.class),
            Map.entry(OpCode.CREATE_SESSION, CreateSessionTxn.class),
            Map.entry(OpCode.CLOSE_SESSION, CloseSessionTxn.class),
            Map.entry(OpCode.ERROR, ErrorTxn.class)));

    private Shapes() {}
}
