package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * A condition that held, inside a multi; has no effect (storage-formats section 4, type 13).
 *
 * <pre>ustring path | int version</pre>
 *
 * @param version meaningless: one more than the version of the node
 */
public record CheckVersionTxn(String path, int version) implements Txn {
    /** Decodes one. */
    public static CheckVersionTxn read(JuteReader reader) {
        return new CheckVersionTxn(reader.readString(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeInt(version);
    }
}
