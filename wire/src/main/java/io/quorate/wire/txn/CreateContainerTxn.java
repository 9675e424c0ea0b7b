package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import java.util.List;

/**
 * A container came to be (storage-formats section 4, type 19).
 *
 * <pre>ustring path | buffer data | vector&lt;ACL&gt; acl | int parentCversion</pre>
 *
 * @param parentCversion the parent's cversion afterwards, -1 for one more than before
 */
public record CreateContainerTxn(String path, byte[] data, List<Acl> acl, int parentCversion) implements Txn {
    /** Decodes one. */
    public static CreateContainerTxn read(JuteReader reader) {
        return new CreateContainerTxn(reader.readString(), reader.readBuffer(), Acl.readList(reader), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBuffer(data);
        Acl.writeList(writer, acl);
        writer.writeInt(parentCversion);
    }
}
