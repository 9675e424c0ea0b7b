package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Data of FOLLOWERINFO and OBSERVERINFO: who comes (quorum protocol specification, section 6).
 *
 * <pre>long sid | int protocolVersion, if present | long configVersion, if present</pre>
 *
 * @param sid server id
 * @param protocolVersion what the learner speaks; {@link #PROTOCOL_VERSION} since 3.4
 * @param configVersion zxid of the learner's configuration, 0 for the initial one
 */
public record LearnerInfo(long sid, int protocolVersion, long configVersion) {
    /** The version that has LEADERINFO and ACKEPOCH: ZAB 1.0. */
    public static final int PROTOCOL_VERSION = 0x10000;

    /** What a learner speaks that names no version. */
    public static final int PROTOCOL_VERSION_OLDEST = 1;

    static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

    /** Decodes one of 8, 12 or 20 bytes; of what lies between the sizes, and behind, nothing is read. */
    public static LearnerInfo read(JuteReader reader) {
        long sid = reader.readLong();
        int protocolVersion = reader.remaining() < Integer.BYTES ? PROTOCOL_VERSION_OLDEST : reader.readInt();
        long configVersion = reader.remaining() < Long.BYTES ? 0 : reader.readLong();
        return new LearnerInfo(sid, protocolVersion, configVersion);
    }

    /** Encodes this, in its longest form. */
    public void write(JuteWriter writer) {
        writer.writeLong(sid);
        writer.writeInt(protocolVersion);
        writer.writeLong(configVersion);
    }
}
