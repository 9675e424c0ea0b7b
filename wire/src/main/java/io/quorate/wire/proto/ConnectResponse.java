package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * The answer to the first frame of a connection (client-protocol section 4.2).
 *
 * <pre>int protocolVersion | int timeout | long sessionId | buffer password | boolean readOnly, if present</pre>
 *
 * @param timeoutMillis the negotiated session timeout, 0 when the session was refused
 * @param sessionId 0 when the session was refused
 * @param readOnly whether this server has no quorum
 * @param hasReadOnly whether the last byte is there at all, as in the request
 */
public record ConnectResponse(
        int protocolVersion,
        int timeoutMillis,
        long sessionId,
        byte[] password,
        boolean readOnly,
        boolean hasReadOnly) {
    /** Decodes one. */
    public static ConnectResponse read(JuteReader reader) {
        int protocolVersion = reader.readInt();
        int timeoutMillis = reader.readInt();
        long sessionId = reader.readLong();
        byte[] password = reader.readBuffer();
        boolean hasReadOnly = reader.remaining() > 0;
        boolean readOnly = hasReadOnly && reader.readBoolean();
        return new ConnectResponse(protocolVersion, timeoutMillis, sessionId, password, readOnly, hasReadOnly);
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(protocolVersion);
        writer.writeInt(timeoutMillis);
        writer.writeLong(sessionId);
        writer.writeBuffer(password);
        if (hasReadOnly) {
            writer.writeBoolean(readOnly);
        }
    }
}
