package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ConnectionFacts;
import io.quorate.coordinator.core.ServerView;
import io.quorate.wire.proto.OpCode;

/** One connection as {@code stat} and {@code cons} write it, up to the closing bracket. */
final class ConnectionLine {

    private ConnectionLine() {}

    static StringBuilder brief(StringBuilder text, ServerView.Connection connection) {
        ConnectionFacts facts = connection.facts();
        return text.append(' ')
                .append(facts.address())
                .append('[')
                .append(Integer.toHexString(facts.interestOps()))
                .append("](queued=")
                .append(connection.waiting())
                .append(",recved=")
                .append(facts.received())
                .append(",sent=")
                .append(facts.sent());
    }

    /** The brief line and, where there is a session, what it did last. */
    static StringBuilder full(StringBuilder text, ServerView.Connection connection) {
        brief(text, connection);
        if (connection.session() == 0) {
            return text;
        }
        text.append(",sid=0x").append(Long.toHexString(connection.session()));
        text.append(",lop=").append(word(connection.lastOp()));
        text.append(",est=").append(connection.establishedWallMillis());
        text.append(",to=").append(connection.timeoutMillis());
        if (connection.lastXid() >= 0) {
            text.append(",lcxid=0x").append(Integer.toHexString(connection.lastXid()));
        }
        text.append(",lzxid=0x").append(Long.toHexString(connection.lastZxid()));
        text.append(",lresp=").append(connection.lastResponseMillis());
        text.append(",llat=").append(connection.lastLatencyMillis());
        text.append(",minlat=").append(connection.latency().min());
        text.append(",avglat=").append((long) connection.latency().mean());
        return text.append(",maxlat=").append(connection.latency().max());
    }

    private static String word(OpCode op) {
        if (op == null) {
            return "NA";
        }
        return switch (op) {
            case PING -> "PING";
            case CREATE_SESSION -> "SESS";
            case MULTI -> "MULT";
            case MULTI_READ -> "MLTR";
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL -> "CREA";
            case DELETE, DELETE_CONTAINER -> "DELE";
            case SET_DATA -> "SETD";
            case RECONFIG -> "RECO";
            case SET_ACL -> "SETA";
            case CLOSE_SESSION -> "CLOS";
            case SYNC -> "SYNC";
            case CHECK -> "CHEC";
            case EXISTS -> "EXIS";
            case GET_DATA -> "GETD";
            case SET_WATCHES -> "SETW";
            case SET_WATCHES2 -> "STW2";
            case ADD_WATCH -> "ADDW";
            case GET_ACL -> "GETA";
            case GET_CHILDREN, GET_CHILDREN2 -> "GETC";
            case GET_ALL_CHILDREN_NUMBER -> "GETACN";
            case CHECK_WATCHES -> "CHKW";
            case REMOVE_WATCHES -> "REMW";
            case WHO_AM_I -> "HOMI";
            case GET_EPHEMERALS -> "GETE";
            case ERROR, NOTIFICATION, AUTH, SASL -> "NA";
        };
    }
}
