package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Answer to multi and multiRead: one result for each part, in order (client-protocol section 9.2).
 *
 * <pre>each result with its header | int -1 | boolean 1 | int -1</pre>
 */
public record MultiResponse(List<MultiResult> results) implements Response {
    /** Decodes one; a result of an impossible type and a missing end are malformed. */
    public static MultiResponse read(JuteReader reader) {
        List<MultiResult> results = new ArrayList<>();
        for (MultiHeader header = MultiHeader.read(reader); !header.done(); header = MultiHeader.read(reader)) {
            results.add(MultiResult.read(header, reader));
        }
        return new MultiResponse(Collections.unmodifiableList(results));
    }

    @Override
    public void write(JuteWriter writer) {
        for (MultiResult result : results) {
            result.write(writer);
        }
        MultiHeader.END.write(writer);
    }
}
