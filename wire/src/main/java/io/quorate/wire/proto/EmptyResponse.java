package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/** A reply that is only a header (client-protocol section 6.3). */
public record EmptyResponse() implements Response {
    /** The only value anyone needs. */
    public static final EmptyResponse INSTANCE = new EmptyResponse();

    /** Reads nothing. */
    public static EmptyResponse read(JuteReader reader) {
        return INSTANCE;
    }

    @Override
    public void write(JuteWriter writer) {}
}
