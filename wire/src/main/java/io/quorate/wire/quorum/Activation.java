package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Data of COMMITANDACTIVATE and INFORMANDACTIVATE (quorum protocol specification, section 6).
 *
 * <pre>long designatedLeader | transaction, for observers only</pre>
 *
 * @param designatedLeader server id of the leader under the new configuration
 * @param txn the encoded transaction; empty for followers, which have it as a proposal
 */
public record Activation(long designatedLeader, byte[] txn) {
    /** Decodes one. */
    public static Activation read(JuteReader reader) {
        return new Activation(reader.readLong(), reader.readRemaining());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(designatedLeader);
        writer.writeRaw(txn);
    }
}
