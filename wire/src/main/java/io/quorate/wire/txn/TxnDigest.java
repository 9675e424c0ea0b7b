package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * Digest of the tree after a transaction; always 12 bytes (storage-formats section 3.2).
 *
 * <pre>int version | long treeDigest</pre>
 *
 * @param version of the way to compute it, 2 in 3.9
 */
public record TxnDigest(int version, long treeDigest) {
    /** Decodes one. */
    public static TxnDigest read(JuteReader reader) {
        return new TxnDigest(reader.readInt(), reader.readLong());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(version);
        writer.writeLong(treeDigest);
    }
}
