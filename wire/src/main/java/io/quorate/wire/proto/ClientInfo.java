package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * One identity of a connection, as whoAmI shows it (client-protocol section 8.17).
 *
 * <pre>ustring authScheme | ustring user</pre>
 */
public record ClientInfo(String authScheme, String user) {
    /** Decodes one. */
    public static ClientInfo read(JuteReader reader) {
        return new ClientInfo(reader.readString(), reader.readString());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeString(authScheme);
        writer.writeString(user);
    }
}
