package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Answer to getChildren2 (client-protocol section 8.9).
 *
 * <pre>vector&lt;ustring&gt; children | Stat stat</pre>
 *
 * @param children names, not paths, in no order
 */
public record GetChildren2Response(List<String> children, Stat stat) implements Response {
    /** Decodes one. */
    public static GetChildren2Response read(JuteReader reader) {
        return new GetChildren2Response(reader.readStrings(), Stat.read(reader));
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeStrings(children);
        stat.write(writer);
    }
}
