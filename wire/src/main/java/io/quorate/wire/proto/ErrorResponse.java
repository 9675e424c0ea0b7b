package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * An error code as a body: failed parts of a multi, and the answer to addWatch (client-protocol sections 8.13 and 9.2).
 *
 * <pre>int err</pre>
 */
public record ErrorResponse(int err) implements Response {
    /** Decodes one. */
    public static ErrorResponse read(JuteReader reader) {
        return new ErrorResponse(reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeInt(err);
    }
}
