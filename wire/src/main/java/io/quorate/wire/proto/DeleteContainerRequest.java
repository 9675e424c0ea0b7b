package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * The leader's own wish to remove an empty container (client-protocol section 8.19).
 *
 * <pre>ustring path</pre>
 */
public record DeleteContainerRequest(String path) implements Request {
    /** Decodes one. */
    public static DeleteContainerRequest read(JuteReader reader) {
        return new DeleteContainerRequest(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
    }
}
