package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;

/** Owns the table from operation to the shape of its request (client-protocol section 7). */
public final class Requests {
    private Requests() {}

    /**
     * Decodes the request behind a header; bytes behind it are left unread and mean nothing.
     *
     * @throws MalformedException when the bytes are no such request, or the operation never comes as a request
     */
    public static Request read(OpCode op, JuteReader reader) {
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER -> CreateRequest.read(reader);
            case CREATE_TTL -> CreateTtlRequest.read(reader);
            case DELETE -> DeleteRequest.read(reader);
            case DELETE_CONTAINER -> DeleteContainerRequest.read(reader);
            case EXISTS -> ExistsRequest.read(reader);
            case GET_DATA -> GetDataRequest.read(reader);
            case SET_DATA -> SetDataRequest.read(reader);
            case GET_ACL -> GetAclRequest.read(reader);
            case SET_ACL -> SetAclRequest.read(reader);
            case GET_CHILDREN, GET_CHILDREN2 -> GetChildrenRequest.read(reader);
            case GET_ALL_CHILDREN_NUMBER -> GetAllChildrenNumberRequest.read(reader);
            case GET_EPHEMERALS -> GetEphemeralsRequest.read(reader);
            case SYNC -> SyncRequest.read(reader);
            case CHECK -> CheckVersionRequest.read(reader);
            case MULTI -> MultiRequest.read(reader);
            case MULTI_READ -> MultiReadRequest.read(reader);
            case RECONFIG -> ReconfigRequest.read(reader);
            case CHECK_WATCHES -> CheckWatchesRequest.read(reader);
            case REMOVE_WATCHES -> RemoveWatchesRequest.read(reader);
            case ADD_WATCH -> AddWatchRequest.read(reader);
            case SET_WATCHES -> SetWatchesRequest.readThreeLists(reader);
            case SET_WATCHES2 -> SetWatchesRequest.read(reader);
            case AUTH -> AuthPacket.read(reader);
            case SASL -> SaslRequest.read(reader);
            case PING, CLOSE_SESSION, WHO_AM_I -> EmptyRequest.INSTANCE;
            case CREATE_SESSION, ERROR, NOTIFICATION -> throw new MalformedException(op + " is no request");
        };
    }
}
