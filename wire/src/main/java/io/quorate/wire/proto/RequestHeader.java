package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * What every request but the first starts with (client-protocol sections 3.4 and 6.1).
 *
 * <pre>int xid | int type</pre>
 *
 * @param xid the client's number for it, echoed in the reply
 * @param type operation code, not necessarily a known one
 */
public record RequestHeader(int xid, int type) {
    /** Decodes one. */
    public static RequestHeader read(JuteReader reader) {
        return new RequestHeader(reader.readInt(), reader.readInt());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(xid);
        writer.writeInt(type);
    }
}
