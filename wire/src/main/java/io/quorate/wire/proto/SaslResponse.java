package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Answer to a step of a SASL conversation (client-protocol section 10.2).
 *
 * <pre>buffer token</pre>
 *
 * @param token the challenge, or null
 */
public record SaslResponse(byte[] token) implements Response {
    /** Decodes one. */
    public static SaslResponse read(JuteReader reader) {
        return new SaslResponse(reader.readBuffer());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeBuffer(token);
    }
}
