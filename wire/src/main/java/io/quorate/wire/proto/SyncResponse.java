package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Answer to sync (client-protocol section 8.10).
 *
 * <pre>ustring path</pre>
 *
 * @param path as it was asked
 */
public record SyncResponse(String path) implements Response {
    /** Decodes one. */
    public static SyncResponse read(JuteReader reader) {
        return new SyncResponse(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
    }
}
