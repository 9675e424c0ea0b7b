package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * A whole transaction as log entries and proposals carry it (storage-formats section 3.2).
 *
 * <pre>TxnHeader | record of the header's type | TxnDigest, if present</pre>
 *
 * @param digest of the tree afterwards, or null
 */
public record TxnEntry(TxnHeader header, Txn txn, TxnDigest digest) {
    private static final int DIGEST_BYTES = Integer.BYTES + Long.BYTES;

    /** Decodes one; a digest is read when there is room for one, and what follows is left unread. */
    public static TxnEntry read(JuteReader reader) {
        TxnHeader header = TxnHeader.read(reader);
        Txn txn = Txns.read(header.type(), reader);
        TxnDigest digest = reader.remaining() < DIGEST_BYTES ? null : TxnDigest.read(reader);
        return new TxnEntry(header, txn, digest);
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        header.write(writer);
        txn.write(writer);
        if (digest != null) {
            digest.write(writer);
        }
    }
}
