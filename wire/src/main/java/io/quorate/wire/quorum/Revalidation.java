package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Data of REVALIDATE from a learner: a client presented a session (quorum protocol specification, section 13.4).
 *
 * <pre>long sessionId | int timeoutMillis</pre>
 *
 * @param sessionId the session
 * @param timeoutMillis its timeout as the learner negotiated it
 */
public record Revalidation(long sessionId, int timeoutMillis) {
    static final int BYTES = Long.BYTES + Integer.BYTES;

    /** Decodes one. */
    public static Revalidation read(JuteReader reader) {
        return new Revalidation(reader.readLong(), reader.readInt());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(sessionId);
        writer.writeInt(timeoutMillis);
    }
}
