package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * What every reply and notification but the first starts with (client-protocol sections 3.4 and 6).
 *
 * <pre>int xid | long zxid | int err</pre>
 *
 * @param xid the number of the request, or -1 for a notification
 * @param zxid of the transaction, or the last one processed
 * @param err error code, 0 when all is well
 */
public record ReplyHeader(int xid, long zxid, int err) {
    /** Decodes one. */
    public static ReplyHeader read(JuteReader reader) {
        return new ReplyHeader(reader.readInt(), reader.readLong(), reader.readInt());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(xid);
        writer.writeLong(zxid);
        writer.writeInt(err);
    }
}
