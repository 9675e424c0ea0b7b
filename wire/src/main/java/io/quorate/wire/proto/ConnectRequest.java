package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * The first frame of a connection (client-protocol section 4.1).
 *
 * <pre>int protocolVersion | long lastZxidSeen | int timeout | long sessionId | buffer password | boolean readOnly, if present</pre>
 *
 * @param lastZxidSeen the highest zxid the client has seen, 0 at first
 * @param timeoutMillis the wanted session timeout
 * @param sessionId the session to resume, 0 for a new one
 * @param password may be null or of any length
 * @param readOnly whether a server without quorum would do
 * @param hasReadOnly whether the last byte is there at all; the response mirrors it
 */
public record ConnectRequest(
        int protocolVersion,
        long lastZxidSeen,
        int timeoutMillis,
        long sessionId,
        byte[] password,
        boolean readOnly,
        boolean hasReadOnly) {
    /** Decodes one. */
    public static ConnectRequest read(JuteReader reader) {
        int protocolVersion = reader.readInt();
        long lastZxidSeen = reader.readLong();
        int timeoutMillis = reader.readInt();
        long sessionId = reader.readLong();
        byte[] password = reader.readBuffer();
        boolean hasReadOnly = reader.remaining() > 0;
        boolean readOnly = hasReadOnly && reader.readBoolean();
        return new ConnectRequest(
                protocolVersion, lastZxidSeen, timeoutMillis, sessionId, password, readOnly, hasReadOnly);
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(protocolVersion);
        writer.writeLong(lastZxidSeen);
        writer.writeInt(timeoutMillis);
        writer.writeLong(sessionId);
        writer.writeBuffer(password);
        if (hasReadOnly) {
            writer.writeBoolean(readOnly);
        }
    }
}
