package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Answer to getACL (client-protocol section 8.7).
 *
 * <pre>vector&lt;ACL&gt; acl | Stat stat</pre>
 */
public record GetAclResponse(List<Acl> acl, Stat stat) implements Response {
    /** Decodes one. */
    public static GetAclResponse read(JuteReader reader) {
        return new GetAclResponse(Acl.readList(reader), Stat.read(reader));
    }

    @Override
    public void write(JuteWriter writer) {
        Acl.writeList(writer, acl);
        stat.write(writer);
    }
}
