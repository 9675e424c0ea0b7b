package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/** A request that is only a header: ping, closeSession, whoAmI (client-protocol section 8). */
public record EmptyRequest() implements Request {
    /** The only value anyone needs. */
    public static final EmptyRequest INSTANCE = new EmptyRequest();

    /** Reads nothing. */
    public static EmptyRequest read(JuteReader reader) {
        return INSTANCE;
    }

    @Override
    public void write(JuteWriter writer) {}
}
