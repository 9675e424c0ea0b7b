package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import java.util.List;

/**
 * A node came to be: create and create2 (storage-formats section 4, types 1 and 15).
 *
 * <pre>ustring path | buffer data | vector&lt;ACL&gt; acl | boolean ephemeral | int parentCversion</pre>
 *
 * @param ephemeral whether the session of the header owns it
 * @param parentCversion the parent's cversion afterwards, -1 for one more than before
 */
public record CreateTxn(String path, byte[] data, List<Acl> acl, boolean ephemeral, int parentCversion) implements Txn {
    private static final int PARENT_CVERSION_UNKNOWN = -1;

    /** Decodes one; logs from before 3.4 end before the last field, which then is -1. */
    public static CreateTxn read(JuteReader reader) {
        String path = reader.readString();
        byte[] data = reader.readBuffer();
        List<Acl> acl = Acl.readList(reader);
        boolean ephemeral = reader.readBoolean();
        int parentCversion = reader.remaining() < Integer.BYTES ? PARENT_CVERSION_UNKNOWN : reader.readInt();
        return new CreateTxn(path, data, acl, ephemeral, parentCversion);
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBuffer(data);
        Acl.writeList(writer, acl);
        writer.writeBoolean(ephemeral);
        writer.writeInt(parentCversion);
    }
}
