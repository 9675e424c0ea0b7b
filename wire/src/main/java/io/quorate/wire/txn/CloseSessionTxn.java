package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import java.util.List;

/**
 * A session ended and took its ephemerals along (storage-formats section 4, type -11).
 *
 * <pre>vector&lt;ustring&gt; paths, or nothing at all</pre>
 *
 * @param paths the ephemerals to delete; null when there is no list, as before 3.6. A digest must not follow a missing list:
 *     the reference would take it for one.
 */
public record CloseSessionTxn(List<String> paths) implements Txn {
    /** Decodes one; bytes that end before the list does are no list, and are left unread. */
    public static CloseSessionTxn read(JuteReader reader) {
        int start = reader.position();
        try {
            return new CloseSessionTxn(reader.readStrings());
        } catch (MalformedException noList) {
            reader.position(start);
            return new CloseSessionTxn(null);
        }
    }

    @Override
    public void write(JuteWriter writer) {
        if (paths != null) {
            writer.writeStrings(paths);
        }
    }
}
