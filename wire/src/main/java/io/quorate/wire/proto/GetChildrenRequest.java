package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Question for the children of a node: getChildren and getChildren2 (client-protocol section 8.9).
 *
 * <pre>ustring path | boolean watch</pre>
 *
 * @param watch also register a watch
 */
public record GetChildrenRequest(String path, boolean watch) implements Request {
    /** Decodes one. */
    public static GetChildrenRequest read(JuteReader reader) {
        return new GetChildrenRequest(reader.readString(), reader.readBoolean());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBoolean(watch);
    }
}
