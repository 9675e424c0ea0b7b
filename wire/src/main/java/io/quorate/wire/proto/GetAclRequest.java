package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Question for the access control list of a node (client-protocol section 8.7).
 *
 * <pre>ustring path</pre>
 */
public record GetAclRequest(String path) implements Request {
    /** Decodes one. */
    public static GetAclRequest read(JuteReader reader) {
        return new GetAclRequest(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
    }
}
