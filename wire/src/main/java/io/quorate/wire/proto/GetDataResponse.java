package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Answer to getData and reconfig (client-protocol sections 8.5 and 8.18).
 *
 * <pre>buffer data | Stat stat</pre>
 */
public record GetDataResponse(byte[] data, Stat stat) implements Response {
    /** Decodes one. */
    public static GetDataResponse read(JuteReader reader) {
        return new GetDataResponse(reader.readBuffer(), Stat.read(reader));
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeBuffer(data);
        stat.write(writer);
    }
}
