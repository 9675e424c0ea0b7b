package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * A session was heard of (quorum protocol specification, section 13.3).
 *
 * <pre>long sessionId | int timeoutMillis</pre>
 *
 * @param sessionId the session
 * @param timeoutMillis its timeout, by which the leader extends it
 */
public record SessionTouch(long sessionId, int timeoutMillis) {
    static final int BYTES = Long.BYTES + Integer.BYTES;

    /** Decodes one. */
    public static SessionTouch read(JuteReader reader) {
        return new SessionTouch(reader.readLong(), reader.readInt());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(sessionId);
        writer.writeInt(timeoutMillis);
    }
}
