package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * A session began (storage-formats section 4, type -10).
 *
 * <pre>int timeoutMillis</pre>
 */
public record CreateSessionTxn(int timeoutMillis) implements Txn {
    /** Decodes one. */
    public static CreateSessionTxn read(JuteReader reader) {
        return new CreateSessionTxn(reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeInt(timeoutMillis);
    }
}
