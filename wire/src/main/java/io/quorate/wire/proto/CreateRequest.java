package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Wish for a node: create, create2 and createContainer (client-protocol section 8.1).
 *
 * <pre>ustring path | buffer data | vector&lt;ACL&gt; acl | int flags</pre>
 *
 * @param flags creation mode 0 to 6; not checked here
 */
public record CreateRequest(String path, byte[] data, List<Acl> acl, int flags) implements Request {
    /** Decodes one. */
    public static CreateRequest read(JuteReader reader) {
        return new CreateRequest(reader.readString(), reader.readBuffer(), Acl.readList(reader), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBuffer(data);
        Acl.writeList(writer, acl);
        writer.writeInt(flags);
    }
}
