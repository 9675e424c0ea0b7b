package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Question for the data of a node (client-protocol section 8.5).
 *
 * <pre>ustring path | boolean watch</pre>
 *
 * @param watch also register a watch
 */
public record GetDataRequest(String path, boolean watch) implements Request {
    /** Decodes one. */
    public static GetDataRequest read(JuteReader reader) {
        return new GetDataRequest(reader.readString(), reader.readBoolean());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBoolean(watch);
    }
}
