package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Several changes with one zxid (storage-formats section 4, type 14); nothing happened if any part is an error.
 *
 * <pre>vector&lt;SubTxn&gt; txns</pre>
 */
public record MultiTxn(List<SubTxn> txns) implements Txn {
    private static final int SUB_TXN_BYTES_MIN = 2 * Integer.BYTES;

    /** Decodes one; a null vector is malformed. */
    public static MultiTxn read(JuteReader reader) {
        int count = reader.readCount(SUB_TXN_BYTES_MIN);
        if (count < 0) {
            throw new MalformedException("multi without parts");
        }
        SubTxn[] txns = new SubTxn[count];
        for (int i = 0; i < count; i++) {
            txns[i] = SubTxn.read(reader);
        }
        return new MultiTxn(Collections.unmodifiableList(Arrays.asList(txns)));
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeInt(txns.size());
        for (SubTxn txn : txns) {
            txn.write(writer);
        }
    }
}
