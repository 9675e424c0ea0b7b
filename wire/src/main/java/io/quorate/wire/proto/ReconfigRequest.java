package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Wish to change the membership of the ensemble (client-protocol section 8.18).
 *
 * <pre>ustring joiningServers | ustring leavingServers | ustring newMembers | long curConfigId</pre>
 *
 * @param joiningServers specifications, comma-separated, or null
 * @param leavingServers ids, comma-separated, or null
 * @param newMembers the whole new membership, or null for an incremental change
 * @param curConfigId expected version of the configuration, -1 for any
 */
public record ReconfigRequest(String joiningServers, String leavingServers, String newMembers, long curConfigId)
        implements Request {
    /** Decodes one. */
    public static ReconfigRequest read(JuteReader reader) {
        return new ReconfigRequest(reader.readString(), reader.readString(), reader.readString(), reader.readLong());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(joiningServers);
        writer.writeString(leavingServers);
        writer.writeString(newMembers);
        writer.writeLong(curConfigId);
    }
}
