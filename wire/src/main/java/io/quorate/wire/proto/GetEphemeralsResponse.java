package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * Answer to getEphemerals (client-protocol section 8.15).
 *
 * <pre>vector&lt;ustring&gt; paths</pre>
 */
public record GetEphemeralsResponse(List<String> paths) implements Response {
    /** Decodes one. */
    public static GetEphemeralsResponse read(JuteReader reader) {
        return new GetEphemeralsResponse(reader.readStrings());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeStrings(paths);
    }
}
