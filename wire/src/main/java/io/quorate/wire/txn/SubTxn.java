package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.OpCode;

/**
 * One part of a multi (storage-formats section 4, type 14).
 *
 * <pre>int type | int length | record of that type</pre>
 *
 * @param type operation code; -1 for an error
 */
public record SubTxn(int type, Txn txn) {
    /** Decodes one; a multi inside a multi is malformed, so decoding cannot recurse. */
    public static SubTxn read(JuteReader reader) {
        int type = reader.readInt();
        if (type == OpCode.MULTI.code()) {
            throw new MalformedException("multi inside a multi");
        }
        return new SubTxn(type, Txns.read(type, reader.readNested()));
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(type);
        int lengthAt = writer.position();
        writer.writeInt(0);
        txn.write(writer);
        writer.writeInt(lengthAt, writer.position() - lengthAt - Integer.BYTES);
    }
}
