package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Several getData and getChildren in one request (client-protocol section 9.1).
 *
 * <pre>each op with its header | int -1 | boolean 1 | int -1</pre>
 */
public record MultiReadRequest(List<MultiOp> ops) implements Request {
    /** Decodes one; a part that is not allowed here and a missing end are malformed. */
    public static MultiReadRequest read(JuteReader reader) {
        return new MultiReadRequest(MultiOp.readAll(reader, false));
    }

    @Override
    public void write(JuteWriter writer) {
        MultiOp.writeAll(writer, ops);
    }
}
