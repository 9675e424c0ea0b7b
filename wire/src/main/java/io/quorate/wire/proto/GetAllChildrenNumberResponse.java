package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Answer to getAllChildrenNumber (client-protocol section 8.16).
 *
 * <pre>int totalNumber</pre>
 */
public record GetAllChildrenNumberResponse(int totalNumber) implements Response {
    /** Decodes one. */
    public static GetAllChildrenNumberResponse read(JuteReader reader) {
        return new GetAllChildrenNumberResponse(reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeInt(totalNumber);
    }
}
