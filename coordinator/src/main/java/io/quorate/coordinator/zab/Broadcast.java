package io.quorate.coordinator.zab;

import org.agrona.DirectBuffer;

/**
 * What the planner of transactions needs of whoever gets them agreed on. A transaction that was proposed comes back, in zxid
 * order, once it is committed; it does not come back if the server loses its role before.
 */
public interface Broadcast {

    /** The zxid that the next proposal must have. */
    long nextZxid();

    /** True if a transaction of this size can be proposed now. */
    boolean hasRoom(int entryBytes);

    /** Proposes the transaction; it is copied before the call returns. A zxid is never used twice. */
    void propose(long zxid, DirectBuffer entry, int offset, int length);
}
