package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Question whether this connection has a watch (client-protocol section 8.12).
 *
 * <pre>ustring path | int type</pre>
 *
 * @param type 1 children, 2 data, 3 any, 4 persistent, 5 persistent recursive
 */
public record CheckWatchesRequest(String path, int type) implements Request {
    /** Decodes one. */
    public static CheckWatchesRequest read(JuteReader reader) {
        return new CheckWatchesRequest(reader.readString(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeInt(type);
    }
}
