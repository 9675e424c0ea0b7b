package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Data of REQUEST: what a client of a learner asked for (quorum protocol specification, section 14.1).
 *
 * <pre>long sessionId | int cxid | int opcode | the request as the client encoded it</pre>
 *
 * @param sessionId the client's session
 * @param cxid the client's number for its request, 0 for what the server generated
 * @param opcode number of the operation
 * @param request the encoded record, without header and length; empty if the operation has none
 */
public record ForwardedRequest(long sessionId, int cxid, int opcode, byte[] request) {
    static final int HEADER_BYTES = Long.BYTES + 2 * Integer.BYTES;

    /** Decodes one. */
    public static ForwardedRequest read(JuteReader reader) {
        return new ForwardedRequest(reader.readLong(), reader.readInt(), reader.readInt(), reader.readRemaining());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(sessionId);
        writer.writeInt(cxid);
        writer.writeInt(opcode);
        writer.writeRaw(request);
    }
}
