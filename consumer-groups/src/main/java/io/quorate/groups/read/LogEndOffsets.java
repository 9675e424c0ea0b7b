package io.quorate.groups.read;

import io.quorate.groups.assignor.TopicPartition;
import java.util.OptionalLong;

/** Says where the logs of partitions end. The tree does not know it; who has brokers to ask, brings an answer. */
@FunctionalInterface
public interface LogEndOffsets {
    /** For those who have nobody to ask: lag is unknown then. */
    LogEndOffsets UNKNOWN = partition -> OptionalLong.empty();

    /** The offset of the next record to be written; empty if it is not known. */
    OptionalLong of(TopicPartition partition);
}
