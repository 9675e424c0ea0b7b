package io.quorate.coordinator.snapshot;

/**
 * What a snapshot was found to hold, every seal of it verified.
 *
 * @param digestZxid the transaction after which the tree had {@code digest}; −1 if there is nothing to compare
 * @param lastZxid the last section, −1 if the file has none
 * @param looseAcls nodes that named an access list which is not in the file
 */
public record SnapshotSummary(long nodes, int sessions, long digestZxid, long digest, long lastZxid, int looseAcls) {

    /** Nothing to compare. */
    public static final long NO_ZXID = -1;
}
