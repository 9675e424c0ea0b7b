package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Claim of an identity (client-protocol section 10.1).
 *
 * <pre>int type | ustring scheme | buffer auth</pre>
 *
 * @param type ignored by servers
 * @param auth the credentials, in the form the scheme defines
 */
public record AuthPacket(int type, String scheme, byte[] auth) implements Request {
    /** Decodes one. */
    public static AuthPacket read(JuteReader reader) {
        return new AuthPacket(reader.readInt(), reader.readString(), reader.readBuffer());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeInt(type);
        writer.writeString(scheme);
        writer.writeBuffer(auth);
    }
}
