package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Wish to replace the data of a node (client-protocol section 8.6).
 *
 * <pre>ustring path | buffer data | int version</pre>
 *
 * @param version the expected version, -1 for any
 */
public record SetDataRequest(String path, byte[] data, int version) implements Request {
    /** Decodes one. */
    public static SetDataRequest read(JuteReader reader) {
        return new SetDataRequest(reader.readString(), reader.readBuffer(), reader.readInt());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(path);
        writer.writeBuffer(data);
        writer.writeInt(version);
    }
}
