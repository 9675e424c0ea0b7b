package io.quorate.sim.check;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.TxnEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * P15: what a session writes is committed in the order in which it was asked for, and nothing twice, through however many
 * servers and leaders it went. Clients of the simulator never use a number again.
 */
final class SessionWrites implements Invariant {

    private final Map<Long, Integer> last = new HashMap<>();

    @Override
    public void committed(TxnEntry entry) {
        int number = entry.header().cxid();
        if (number <= 0 || isRefused(entry)) {
            return;
        }
        long session = entry.header().clientId();
        Integer before = last.put(session, number);
        if (before != null && before >= number) {
            throw new Violation("write #%d of session %x is committed at %s, after #%d"
                    .formatted(number, session, Violation.zxid(entry.header().zxid()), before));
        }
    }

    /** What comes late through a server that the client has left is refused, and that is a transaction, too. */
    private static boolean isRefused(TxnEntry entry) {
        return entry.txn() instanceof ErrorTxn error
                && (error.err() == ErrorCode.SESSION_MOVED.code() || error.err() == ErrorCode.SESSION_EXPIRED.code());
    }
}
