package io.quorate.coordinator.log;

/**
 * How the log uses the disk.
 *
 * @param segmentBytes size of one segment file; it is allocated in full before it is used. The first ones of a run are smaller
 * @param reserveBytes space of the file system (or of the budget) that the log leaves free: below it writes are refused
 * @param budgetBytes most bytes the log may take on disk, 0 for no limit but the file system's
 * @param sync whether {@link TxnLog#sync} reaches the disk; false only to measure what durability costs
 * @param spaceCheckMillis how often free space is looked at
 */
public record LogSettings(long segmentBytes, long reserveBytes, long budgetBytes, boolean sync, long spaceCheckMillis) {

    /** Smallest segment: Chronicle maps at least this much and keeps its indexes in it. */
    public static final long SEGMENT_BYTES_MIN = 256 << 10;

    /** Largest segment: its largest batch is a quarter, which must stay addressable by an int. */
    public static final long SEGMENT_BYTES_MAX = 1L << 30;

    /** Checks the bounds. */
    public LogSettings {
        if (segmentBytes < SEGMENT_BYTES_MIN || segmentBytes > SEGMENT_BYTES_MAX || segmentBytes % (64 << 10) != 0) {
            throw new IllegalArgumentException("segmentBytes must be a multiple of 64 KiB between " + SEGMENT_BYTES_MIN
                    + " and " + SEGMENT_BYTES_MAX + ": " + segmentBytes);
        }
        if (reserveBytes < 0 || budgetBytes < 0 || spaceCheckMillis <= 0) {
            throw new IllegalArgumentException("negative size or interval: " + reserveBytes + ", " + budgetBytes + ", "
                    + spaceCheckMillis + " ms");
        }
    }

    /** 64 MiB segments, 64 MiB in reserve, no budget, synced, space looked at each second. */
    public static LogSettings defaults() {
        return new LogSettings(64L << 20, 64L << 20, 0, true, 1000);
    }

    /** The same with other segments. */
    public LogSettings withSegmentBytes(long bytes) {
        return new LogSettings(bytes, reserveBytes, budgetBytes, sync, spaceCheckMillis);
    }

    /** The same with another reserve. */
    public LogSettings withReserveBytes(long bytes) {
        return new LogSettings(segmentBytes, bytes, budgetBytes, sync, spaceCheckMillis);
    }

    /** The same with another budget. */
    public LogSettings withBudgetBytes(long bytes) {
        return new LogSettings(segmentBytes, reserveBytes, bytes, sync, spaceCheckMillis);
    }

    /** Largest batch that {@link TxnLog#append} takes: Chronicle wants a record to fit in a quarter of a segment. */
    public int batchBytesMax() {
        return (int) Math.max(segmentBytes / 4, 64 << 10) - (4 << 10);
    }
}
