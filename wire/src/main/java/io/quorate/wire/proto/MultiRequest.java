package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Wishes that come true together or not at all (client-protocol section 9.1).
 *
 * <pre>each op with its header | int -1 | boolean 1 | int -1</pre>
 */
public record MultiRequest(List<MultiOp> ops) implements Request {
    /** Decodes one; a part that is not allowed here and a missing end are malformed. */
    public static MultiRequest read(JuteReader reader) {
        return new MultiRequest(MultiOp.readAll(reader, true));
    }

    @Override
    public void write(JuteWriter writer) {
        MultiOp.writeAll(writer, ops);
    }
}
