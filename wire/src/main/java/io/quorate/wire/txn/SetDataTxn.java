package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * The data of a node was replaced: setData and reconfig (storage-formats section 4, types 5 and 16).
 *
 * <pre>ustring path | buffer data | int version</pre>
 *
 * @param version the resulting version
 */
public record SetDataTxn(String path, byte[] data, int version) implements Txn {
    /** Decodes one. */
    public static SetDataTxn read(JuteReader reader) {
        return new SetDataTxn(reader.readString(), reader.readBuffer(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBuffer(data);
        writer.writeInt(version);
    }
}
