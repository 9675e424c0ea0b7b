package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import java.util.List;

/**
 * A node with a time to live came to be (storage-formats section 4, type 21).
 *
 * <pre>ustring path | buffer data | vector&lt;ACL&gt; acl | int parentCversion | long ttlMillis</pre>
 *
 * @param parentCversion the parent's cversion afterwards, -1 for one more than before
 * @param ttlMillis time to live in milliseconds
 */
public record CreateTtlTxn(String path, byte[] data, List<Acl> acl, int parentCversion, long ttlMillis) implements Txn {
    /** Decodes one. */
    public static CreateTtlTxn read(JuteReader reader) {
        return new CreateTtlTxn(
                reader.readString(), reader.readBuffer(), Acl.readList(reader), reader.readInt(), reader.readLong());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBuffer(data);
        Acl.writeList(writer, acl);
        writer.writeInt(parentCversion);
        writer.writeLong(ttlMillis);
    }
}
