package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Wish for a node that disappears when unused (client-protocol section 8.2).
 *
 * <pre>ustring path | buffer data | vector&lt;ACL&gt; acl | int flags | long ttlMillis</pre>
 *
 * @param flags creation mode 0 to 6; not checked here
 * @param ttlMillis time to live in milliseconds; not checked here
 */
public record CreateTtlRequest(String path, byte[] data, List<Acl> acl, int flags, long ttlMillis) implements Request {
    /** Decodes one. */
    public static CreateTtlRequest read(JuteReader reader) {
        return new CreateTtlRequest(
                reader.readString(), reader.readBuffer(), Acl.readList(reader), reader.readInt(), reader.readLong());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBuffer(data);
        Acl.writeList(writer, acl);
        writer.writeInt(flags);
        writer.writeLong(ttlMillis);
    }
}
