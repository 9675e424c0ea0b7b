package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Wish to remove a node (client-protocol section 8.3).
 *
 * <pre>ustring path | int version</pre>
 *
 * @param version the expected version, -1 for any
 */
public record DeleteRequest(String path, int version) implements Request {
    /** Decodes one. */
    public static DeleteRequest read(JuteReader reader) {
        return new DeleteRequest(reader.readString(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeInt(version);
    }
}
