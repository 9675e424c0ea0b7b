package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Whom an access rule is about, or what a connection has proven to be (client-protocol section 3.2).
 *
 * <pre>ustring scheme | ustring id</pre>
 */
public record Identity(String scheme, String id) {
    /** Decodes one. */
    public static Identity read(JuteReader reader) {
        return new Identity(reader.readString(), reader.readString());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeString(scheme);
        writer.writeString(id);
    }
}
