package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Data of ACKEPOCH: what the learner had before (quorum protocol specification, section 6).
 *
 * <pre>int currentEpoch</pre>
 *
 * @param currentEpoch epoch of the last leader whose history the learner adopted; {@link #SAME_EPOCH} if it had promised itself to
 *     this epoch already, so that its promise does not count again
 */
public record EpochAck(int currentEpoch) {
    /** Instead of an epoch: this acknowledgement is none that counts. */
    public static final int SAME_EPOCH = -1;

    /** Decodes one. */
    public static EpochAck read(JuteReader reader) {
        return new EpochAck(reader.readInt());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(currentEpoch);
    }
}
