package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * What every transaction starts with; always 32 bytes (storage-formats section 3.2).
 *
 * <pre>long clientId | int cxid | long zxid | long timeMillis | int type</pre>
 *
 * @param clientId session that asked, and the owner of an ephemeral
 * @param cxid the client's number for its request
 * @param zxid place in the order
 * @param timeMillis planned at, milliseconds since 1970
 * @param type operation code; -1 for an error
 */
public record TxnHeader(long clientId, int cxid, long zxid, long timeMillis, int type) {
    /** Decodes one. */
    public static TxnHeader read(JuteReader reader) {
        return new TxnHeader(
                reader.readLong(), reader.readInt(), reader.readLong(), reader.readLong(), reader.readInt());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(clientId);
        writer.writeInt(cxid);
        writer.writeLong(zxid);
        writer.writeLong(timeMillis);
        writer.writeInt(type);
    }
}
