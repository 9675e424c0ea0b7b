package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Data of LEADERINFO: what the leader speaks (quorum protocol specification, section 6).
 *
 * <pre>int protocolVersion</pre>
 *
 * @param protocolVersion at least {@link LearnerInfo#PROTOCOL_VERSION}
 */
public record LeaderInfo(int protocolVersion) {
    /** Decodes one. */
    public static LeaderInfo read(JuteReader reader) {
        return new LeaderInfo(reader.readInt());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(protocolVersion);
    }
}
