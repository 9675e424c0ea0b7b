package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;

/** Owns the table from operation to the shape of its response (client-protocol section 7). */
public final class Responses {
    private Responses() {}

    /**
     * Decodes the response behind a header without error.
     *
     * @throws MalformedException when the bytes are no such response, or the operation has none
     */
    public static Response read(OpCode op, JuteReader reader) {
        return switch (op) {
            case CREATE -> CreateResponse.read(reader);
            case CREATE2, CREATE_CONTAINER, CREATE_TTL -> Create2Response.read(reader);
            case EXISTS, SET_DATA, SET_ACL -> StatResponse.read(reader);
            case GET_DATA, RECONFIG -> GetDataResponse.read(reader);
            case GET_ACL -> GetAclResponse.read(reader);
            case GET_CHILDREN -> GetChildrenResponse.read(reader);
            case GET_CHILDREN2 -> GetChildren2Response.read(reader);
            case GET_ALL_CHILDREN_NUMBER -> GetAllChildrenNumberResponse.read(reader);
            case GET_EPHEMERALS -> GetEphemeralsResponse.read(reader);
            case SYNC -> SyncResponse.read(reader);
            case MULTI, MULTI_READ -> MultiResponse.read(reader);
            case ADD_WATCH, ERROR -> ErrorResponse.read(reader);
            case SASL -> SaslResponse.read(reader);
            case WHO_AM_I -> WhoAmIResponse.read(reader);
            case DELETE,
                    DELETE_CONTAINER,
                    CHECK,
                    CHECK_WATCHES,
                    REMOVE_WATCHES,
                    SET_WATCHES,
                    SET_WATCHES2,
                    AUTH,
                    PING,
                    CLOSE_SESSION -> EmptyResponse.INSTANCE;
            case CREATE_SESSION, NOTIFICATION -> throw new MalformedException(op + " has no response");
        };
    }
}
