package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Wish to replace the access control list of a node (client-protocol section 8.8).
 *
 * <pre>ustring path | vector&lt;ACL&gt; acl | int version</pre>
 *
 * @param version the expected version of the list, -1 for any
 */
public record SetAclRequest(String path, List<Acl> acl, int version) implements Request {
    /** Decodes one. */
    public static SetAclRequest read(JuteReader reader) {
        return new SetAclRequest(reader.readString(), Acl.readList(reader), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        Acl.writeList(writer, acl);
        writer.writeInt(version);
    }
}
