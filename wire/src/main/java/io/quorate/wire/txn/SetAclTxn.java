package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import java.util.List;

/**
 * The access control list of a node was replaced (storage-formats section 4, type 7).
 *
 * <pre>ustring path | vector&lt;ACL&gt; acl | int version</pre>
 *
 * @param version the resulting version of the list
 */
public record SetAclTxn(String path, List<Acl> acl, int version) implements Txn {
    /** Decodes one. */
    public static SetAclTxn read(JuteReader reader) {
        return new SetAclTxn(reader.readString(), Acl.readList(reader), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        Acl.writeList(writer, acl);
        writer.writeInt(version);
    }
}
