package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * What stands before each part of a multi, and with {@code done} behind the last (client-protocol section 3.4).
 *
 * <pre>int type | boolean done | int err</pre>
 */
record MultiHeader(int type, boolean done, int err) {
    /** What stands for the error of an operation that has not been tried. */
    static final int NO_ERR = -1;

    static final MultiHeader END = new MultiHeader(OpCode.ERROR.code(), true, NO_ERR);

    static MultiHeader read(JuteReader reader) {
        return new MultiHeader(reader.readInt(), reader.readBoolean(), reader.readInt());
    }

    void write(JuteWriter writer) {
        writer.writeInt(type);
        writer.writeBoolean(done);
        writer.writeInt(err);
    }
}
