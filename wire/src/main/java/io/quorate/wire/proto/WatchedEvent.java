package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;

/**
 * What a server tells a client about a watched path (client-protocol section 3.3).
 *
 * <pre>int type | int state | ustring path</pre>
 *
 * <p>The state is always 3, SyncConnected: a server that can speak is connected. Readers ignore it.
 */
public record WatchedEvent(EventType type, String path) {
    private static final int STATE_SYNC_CONNECTED = 3;

    /** Decodes one; an unknown type is malformed. */
    public static WatchedEvent read(JuteReader reader) {
        int code = reader.readInt();
        EventType type = EventType.of(code);
        if (type == null) {
            throw new MalformedException("event type " + code);
        }
        reader.readInt();
        return new WatchedEvent(type, reader.readString());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(type.code());
        writer.writeInt(STATE_SYNC_CONNECTED);
        writer.writeString(path);
    }
}
