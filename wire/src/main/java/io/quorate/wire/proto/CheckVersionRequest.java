package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Condition inside a multi: the node exists and has this version (client-protocol section 9.1).
 *
 * <pre>ustring path | int version</pre>
 *
 * @param version the expected version, -1 for mere existence
 */
public record CheckVersionRequest(String path, int version) implements Request {
    /** Decodes one. */
    public static CheckVersionRequest read(JuteReader reader) {
        return new CheckVersionRequest(reader.readString(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeInt(version);
    }
}
