package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Question for the ephemerals of the asking session (client-protocol section 8.15).
 *
 * <pre>ustring prefixPath</pre>
 *
 * @param prefixPath beginning of the wanted paths; null, blank and "/" mean all
 */
public record GetEphemeralsRequest(String prefixPath) implements Request {
    /** Decodes one. */
    public static GetEphemeralsRequest read(JuteReader reader) {
        return new GetEphemeralsRequest(reader.readString());
    }

    @Override
    public void write(JuteWriter writer) {
        writer.writeString(prefixPath);
    }
}
