package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * A request failed and only used up its zxid (storage-formats section 4, type -1).
 *
 * <pre>int err</pre>
 */
public record ErrorTxn(int err) implements Txn {
    /** Decodes one. */
    public static ErrorTxn read(JuteReader reader) {
        return new ErrorTxn(reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeInt(err);
    }
}
