package io.quorate.coordinator.log;

import org.agrona.DirectBuffer;

/**
 * The transactions of this server on disk, in batches.
 *
 * <p>One thread uses it at a time; {@link #sizeBytes} and {@link #hasSpace} may be asked from any thread. Every method that
 * writes throws {@link LogException} when the file system fails, and refuses everything afterwards: a failed sync may have
 * dropped the data from the page cache, so a second one that succeeds would prove nothing.
 */
public interface TxnLog extends AutoCloseable {

    /** Bytes in front of each entry of a batch: zxid (8), length (4), little-endian. */
    int ENTRY_HEADER_BYTES = 12;

    /**
     * Appends one batch. It is durable after the next {@link #sync}, and never torn: after a crash all of it is there, or
     * nothing.
     *
     * <pre>
     *   batch = count entries, one after the other, little-endian:
     *
     *   0        8          12              12 + length
     *   +--------+----------+---------------+
     *   |  zxid  |  length  |  entry bytes  |
     *   +--------+----------+---------------+
     * </pre>
     *
     * @param firstZxid of the first entry; greater than that of every batch before
     * @param lastZxid of the last entry
     * @param count entries in the batch, at least one
     */
    void append(DirectBuffer batch, int offset, int length, long firstZxid, long lastZxid, int count);

    /** Returns when everything appended so far is on the disk. */
    void sync();

    /**
     * Declares every transaction after {@code zxid} void, for ZAB's TRUNC. Durable after the next {@link #sync}. The records
     * stay in the files; recovery leaves them out.
     */
    void voidAfter(long zxid);

    /**
     * Declares that history starts anew behind a snapshot at {@code zxid}, for ZAB's SNAP: what the log held before is void,
     * and an older snapshot cannot be brought forward with this log. Durable after the next {@link #sync}.
     */
    void restartAt(long zxid);

    /**
     * Reads all valid transactions with a zxid greater than {@code afterZxid}, in order, up to the first batch that is torn
     * or out of order.
     *
     * @return the zxid of the last valid transaction of the log, or {@code afterZxid} if there is none after it
     * @throws LogDamagedException if transactions after {@code afterZxid} are known to be missing
     */
    long replay(long afterZxid, EntryVisitor visitor);

    /** Deletes the oldest segments as long as they hold nothing newer than {@code zxid}. The segment in use stays. */
    void purgeBefore(long zxid);

    /** Starts a new segment with the next append. */
    void roll();

    /** Bytes of disk taken by the log, prepared segments included. */
    long sizeBytes();

    /** False while the reserve cannot be held: writes should be refused until it is true again. */
    boolean hasSpace();

    @Override
    void close();
}
