package io.quorate.groups;

import io.quorate.groups.assignor.TopicPartition;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Is told what a member owns. Called by one thread of the member's own, one call at a time; it may wait, and may call every
 * method of {@link GroupMember}, but must not wait for the end of {@link GroupMember#leave}.
 */
public interface RebalanceListener {
    /** The host may process these, from these offsets on; empty where none was ever committed. */
    void onAssigned(Map<TopicPartition, OptionalLong> offsets);

    /**
     * The host must stop processing these and may still commit; they are given up when this returns. After the revoke timeout
     * the thread is interrupted, they are given up anyway, and {@link #onLost} follows.
     */
    void onRevoked(Set<TopicPartition> partitions);

    /** These are lost: others may process them already, and nothing can be committed. */
    void onLost(Set<TopicPartition> partitions);

    /** Somebody has moved the offset of a partition; the host goes on from there. */
    default void onMoved(TopicPartition partition, long offset) {}

    /** The member is none any more. */
    default void onEnded(String reason) {}
}
