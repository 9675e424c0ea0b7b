package io.quorate.coordinator.log;

import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;

/**
 * Chronicle rolls by time and names files by date; this is a time that is the segment number, and a date that is a plain
 * count: the modified Julian day.
 */
final class SegmentClock implements TimeProvider, RollCycle {

    /** The day that {@code java.time} numbers 0 in this count. */
    private static final long JULIAN_EPOCH_DAY = -40_587;

    private static final int DAY_MILLIS = 86_400_000;
    private static final int INDEX_COUNT = 1024;
    private static final int INDEX_SPACING = 1024;
    private static final int SEQUENCE_BITS = 32;

    private final AtomicLong segment = new AtomicLong();

    /** The next excerpt goes into this segment. */
    void segment(long number) {
        segment.set(number);
    }

    @Override
    public long currentTimeMillis() {
        return segment.get() * DAY_MILLIS + epochMillis();
    }

    /** Start of the count, for the builder of the queue. */
    long epochMillis() {
        return JULIAN_EPOCH_DAY * DAY_MILLIS;
    }

    @Override
    public int current(TimeProvider time, long epoch) {
        return (int) segment.get();
    }

    @Override
    public String format() {
        return "gggggggg";
    }

    @Override
    public int lengthInMillis() {
        return DAY_MILLIS;
    }

    @Override
    public int defaultIndexCount() {
        return INDEX_COUNT;
    }

    @Override
    public int defaultIndexSpacing() {
        return INDEX_SPACING;
    }

    @Override
    public long toIndex(int cycle, long sequenceNumber) {
        return ((long) cycle << SEQUENCE_BITS) + (sequenceNumber & (1L << SEQUENCE_BITS) - 1);
    }

    @Override
    public long toSequenceNumber(long index) {
        return index & (1L << SEQUENCE_BITS) - 1;
    }

    @Override
    public int toCycle(long index) {
        return (int) (index >>> SEQUENCE_BITS);
    }

    @Override
    public long maxMessagesPerCycle() {
        return 1L << SEQUENCE_BITS;
    }

    @Override
    public String toString() {
        return "segments";
    }
}
