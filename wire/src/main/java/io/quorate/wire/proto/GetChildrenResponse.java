package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Answer to getChildren (client-protocol section 8.9).
 *
 * <pre>vector&lt;ustring&gt; children</pre>
 *
 * @param children names, not paths, in no order
 */
public record GetChildrenResponse(List<String> children) implements Response {
    /** Decodes one. */
    public static GetChildrenResponse read(JuteReader reader) {
        return new GetChildrenResponse(reader.readStrings());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeStrings(children);
    }
}
