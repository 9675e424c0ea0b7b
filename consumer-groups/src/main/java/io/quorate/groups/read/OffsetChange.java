package io.quorate.groups.read;

import io.quorate.groups.assignor.TopicPartition;
import java.util.OptionalLong;

/**
 * One step of a reset: an offset as it was when the reset was planned, and as it shall be.
 *
 * @param partition which
 * @param from what is committed now; empty if nothing is
 * @param version of the offset's node now; -1 if there is none
 * @param to what shall be committed
 */
public record OffsetChange(TopicPartition partition, OptionalLong from, int version, long to) {}
