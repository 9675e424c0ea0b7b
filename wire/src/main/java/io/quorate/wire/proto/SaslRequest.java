package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Step of a SASL conversation (client-protocol section 10.2).
 *
 * <pre>buffer token</pre>
 */
public record SaslRequest(byte[] token) implements Request {
    /** Decodes one. */
    public static SaslRequest read(JuteReader reader) {
        return new SaslRequest(reader.readBuffer());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeBuffer(token);
    }
}
