package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Wish to see everything the leader had committed (client-protocol section 8.10).
 *
 * <pre>ustring path</pre>
 *
 * @param path only echoed
 */
public record SyncRequest(String path) implements Request {
    /** Decodes one. */
    public static SyncRequest read(JuteReader reader) {
        return new SyncRequest(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
    }
}
