package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Answer to exists, setData and setACL (client-protocol sections 8.4, 8.6 and 8.8).
 *
 * <pre>Stat stat</pre>
 */
public record StatResponse(Stat stat) implements Response {
    /** Decodes one. */
    public static StatResponse read(JuteReader reader) {
        return new StatResponse(Stat.read(reader));
    }

    @Override
    public void write(JuteWriter writer) {
        stat.write(writer);
    }
}
