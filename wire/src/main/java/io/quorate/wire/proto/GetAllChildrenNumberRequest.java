package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Question for the number of descendants of a node (client-protocol section 8.16).
 *
 * <pre>ustring path</pre>
 */
public record GetAllChildrenNumberRequest(String path) implements Request {
    /** Decodes one. */
    public static GetAllChildrenNumberRequest read(JuteReader reader) {
        return new GetAllChildrenNumberRequest(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
    }
}
