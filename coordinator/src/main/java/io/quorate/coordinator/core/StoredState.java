package io.quorate.coordinator.core;

/** What is on disk, for a server that must go back to it while it runs. */
public interface StoredState {

    /**
     * Brings back the state as it was at a transaction: from the newest snapshot that is whole and not behind it, and what the
     * log holds between the two. Blocks for as long as a start takes. Called on the core's thread, after the log was cut.
     *
     * @param into empty; {@link Recovery#finish} is left to the caller
     * @param upTo the last transaction that counts; if there is none with this number, the last one before it
     * @throws IllegalStateException if the disk does not reach back so far, or cannot be read
     */
    void load(Recovery into, long upTo);

    /**
     * Whether {@link #load} could go back to a transaction. False also if that cannot be read. Blocks while the disk is read; called
     * on the core's thread, before the log is cut.
     */
    boolean reachesBackTo(long zxid);

    /** Deletes snapshots that are newer than a transaction: what they hold beyond it never was agreed on. Durable on return. */
    void dropAfter(long zxid);
}
