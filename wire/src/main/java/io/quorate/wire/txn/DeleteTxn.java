package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * A node ceased to be: delete and deleteContainer (storage-formats section 4, types 2 and 20).
 *
 * <pre>ustring path</pre>
 */
public record DeleteTxn(String path) implements Txn {
    /** Decodes one. */
    public static DeleteTxn read(JuteReader reader) {
        return new DeleteTxn(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
    }
}
