package io.quorate.coordinator.zab;

import org.agrona.DirectBuffer;

/**
 * Orders from the core to the transaction log, carried out in the order given.
 *
 * <p>Called by the single thread of the core. An order is not durable when the call returns: durability comes back as the
 * event that the log was flushed up to a zxid, or cut, and nothing may be acknowledged before it.
 */
public interface LogOut {

    /**
     * True when {@link #append} of an entry of this size will succeed now. A cut always has room.
     *
     * @param entryBytes size of the entry in bytes
     */
    boolean hasRoom(int entryBytes);

    /**
     * Orders one transaction to be appended. Ask {@link #hasRoom} first.
     *
     * @param zxid greater than that of every entry ordered before
     * @param src where the encoded transaction lies; copied before the call returns
     * @param offset its first byte
     * @param length its length in bytes
     * @throws IllegalStateException if there is no room
     */
    void append(long zxid, DirectBuffer src, int offset, int length);

    /**
     * Orders that every transaction behind {@code zxid} be void (ZAB's TRUNC). Comes back as the event that the log was cut
     * at this zxid. Only members of an ensemble do that.
     */
    default void voidAfter(long zxid) {
        throw new UnsupportedOperationException("a server on its own has its log to itself");
    }

    /**
     * Orders that history start anew behind a snapshot at {@code zxid} that is on disk already (ZAB's SNAP). Comes back as
     * the event that the log was cut at this zxid.
     */
    default void restartAt(long zxid) {
        throw new UnsupportedOperationException("a server on its own has its log to itself");
    }
}
