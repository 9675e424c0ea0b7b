package io.quorate.groups.read;

import io.quorate.groups.assignor.TopicPartition;
import java.util.Map;
import java.util.OptionalLong;

/** Says where a partition's offset shall be moved to; empty leaves it alone. */
@FunctionalInterface
public interface OffsetReset {

    /** The new offset of a partition, seen as it is now. */
    OptionalLong target(PartitionFacts now);

    /** To the same offset everywhere, or to the end of the log where that is known to come first. */
    static OffsetReset toOffset(long offset) {
        return now -> OptionalLong.of(withinLog(now, offset));
    }

    /**
     * By so many records, backward if negative, not below 0 nor beyond a known end; partitions without an offset are left alone.
     * A shift beyond all numbers goes to the end of the log; where that is not known, it is an {@link ArithmeticException} that
     * names the partition.
     */
    static OffsetReset shiftBy(long records) {
        return now -> now.committed().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(withinLog(now, Math.max(0, sum(now, records))));
    }

    private static long sum(PartitionFacts now, long records) {
        long from = now.committed().getAsLong();
        long sum = from + records;
        boolean overflows = records > 0 && sum < from;
        if (overflows && now.logEnd().isEmpty()) {
            throw new ArithmeticException(
                    now.partition().topic() + "-" + now.partition().partition() + ": " + records
                            + " records beyond offset " + from + " is no offset any more");
        }
        if (overflows) {
            return Long.MAX_VALUE;
        }
        return records < 0 && sum > from ? 0 : sum;
    }

    /** To where it is: writes the committed offset again. */
    static OffsetReset toCurrent() {
        return PartitionFacts::committed;
    }

    /** To the end of the log; partitions whose end is not known are left alone. */
    static OffsetReset toLatest() {
        return PartitionFacts::logEnd;
    }

    /** To the given offsets, or to known ends of logs that come first; partitions that are not named are left alone. */
    static OffsetReset to(Map<TopicPartition, Long> offsets) {
        return now -> offsets.containsKey(now.partition())
                ? OptionalLong.of(withinLog(now, offsets.get(now.partition())))
                : OptionalLong.empty();
    }

    /** Kafka's tool moves no offset beyond the end of its log, either. */
    private static long withinLog(PartitionFacts now, long offset) {
        return Math.min(offset, now.logEnd().orElse(Long.MAX_VALUE));
    }
}
