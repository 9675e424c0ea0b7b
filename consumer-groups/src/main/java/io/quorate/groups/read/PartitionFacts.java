package io.quorate.groups.read;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.Registration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One partition of a topic that a group reads, or has read.
 *
 * @param partition which
 * @param committed offset of the next record to be processed; empty if none was committed
 * @param committedMillis when it was committed, since 1970; 0 if never
 * @param offsetVersion version of the offset's node; -1 if there is none
 * @param logEnd offset of the next record to be written; empty if not known
 * @param ownerThread thread id of the owner; null if nobody owns it
 * @param targetMember who should own it; null if nobody should, or the group has no targets
 */
public record PartitionFacts(
        TopicPartition partition,
        OptionalLong committed,
        long committedMillis,
        int offsetVersion,
        OptionalLong logEnd,
        String ownerThread,
        String targetMember) {

    /**
     * How many records are still to be processed; empty if either offset is missing. Negative if the log is shorter than what
     * was processed: that is shown, never hidden (consumer-groups C6).
     */
    public OptionalLong lag() {
        return committed.isPresent() && logEnd.isPresent()
                ? OptionalLong.of(logEnd.getAsLong() - committed.getAsLong())
                : OptionalLong.empty();
    }

    /** Consumer id of the owner, null if nobody owns it. */
    public String owner() {
        return ownerThread == null ? null : Registration.memberOf(ownerThread);
    }

    /** Whether a group with targets has it elsewhere than it should be. */
    public boolean isMisplaced() {
        return !Objects.equals(owner(), targetMember);
    }
}
