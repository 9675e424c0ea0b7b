package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Wish to lose a watch of this connection (client-protocol section 8.12).
 *
 * <pre>ustring path | int type</pre>
 *
 * @param type 1 children, 2 data, 3 any, 4 persistent, 5 persistent recursive
 */
public record RemoveWatchesRequest(String path, int type) implements Request {
    /** Decodes one. */
    public static RemoveWatchesRequest read(JuteReader reader) {
        return new RemoveWatchesRequest(reader.readString(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeInt(type);
    }
}
