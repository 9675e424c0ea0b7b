package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Answer to create: the actual path (client-protocol section 8.1).
 *
 * <pre>ustring path</pre>
 *
 * @param path with the sequence suffix, if there is one
 */
public record CreateResponse(String path) implements Response {
    /** Decodes one. */
    public static CreateResponse read(JuteReader reader) {
        return new CreateResponse(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
    }
}
