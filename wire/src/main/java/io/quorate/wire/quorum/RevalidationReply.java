package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Data of REVALIDATE to a learner (quorum protocol specification, section 13.4).
 *
 * <pre>long sessionId | boolean valid</pre>
 *
 * @param sessionId the session that was asked about
 * @param valid whether the session is alive and belongs to the learner from now on
 */
public record RevalidationReply(long sessionId, boolean valid) {
    static final int BYTES = Long.BYTES + Byte.BYTES;

    /** Decodes one. */
    public static RevalidationReply read(JuteReader reader) {
        return new RevalidationReply(reader.readLong(), reader.readBoolean());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(sessionId);
        writer.writeBoolean(valid);
    }
}
