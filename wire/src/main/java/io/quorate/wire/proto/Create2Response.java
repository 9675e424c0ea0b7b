package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Answer to create2, createContainer and createTTL (client-protocol section 8.1).
 *
 * <pre>ustring path | Stat stat</pre>
 */
public record Create2Response(String path, Stat stat) implements Response {
    /** Decodes one. */
    public static Create2Response read(JuteReader reader) {
        return new Create2Response(reader.readString(), Stat.read(reader));
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        stat.write(writer);
    }
}
