package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Question whether a node exists (client-protocol section 8.4).
 *
 * <pre>ustring path | boolean watch</pre>
 *
 * @param watch also register a watch
 */
public record ExistsRequest(String path, boolean watch) implements Request {
    /** Decodes one. */
    public static ExistsRequest read(JuteReader reader) {
        return new ExistsRequest(reader.readString(), reader.readBoolean());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBoolean(watch);
    }
}
