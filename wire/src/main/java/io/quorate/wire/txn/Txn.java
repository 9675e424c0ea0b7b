package io.quorate.wire.txn;

import io.quorate.wire.jute.JuteWriter;

/** One change of the replicated state, behind its header; {@link Txns} decodes it. Byte arrays inside are shared, not copied. */
public sealed interface Txn
        permits CheckVersionTxn,
                CloseSessionTxn,
                CreateContainerTxn,
                CreateSessionTxn,
                CreateTtlTxn,
                CreateTxn,
                DeleteTxn,
                ErrorTxn,
                MultiTxn,
                SetAclTxn,
                SetDataTxn {
    /** Encodes this, without header and digest. */
    void write(JuteWriter writer);
}
