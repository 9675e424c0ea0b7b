package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Wish for a persistent watch (client-protocol section 8.13).
 *
 * <pre>ustring path | int mode</pre>
 *
 * @param mode 0 persistent, 1 persistent recursive
 */
public record AddWatchRequest(String path, int mode) implements Request {
    /** Decodes one. */
    public static AddWatchRequest read(JuteReader reader) {
        return new AddWatchRequest(reader.readString(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeInt(mode);
    }
}
