package io.quorate.registry.model;

import java.util.List;

/**
 * A partition with all that is known about it.
 *
 * @param id which it is
 * @param replicas who holds it
 * @param state null while no controller has given it one
 * @param version of the state's node, which is the partition epoch (registry spec 1.3); -1 without a state
 */
public record PartitionDescription(TopicPartition id, ReplicaSet replicas, PartitionState state, int version) {
    /** Who leads it; {@link PartitionState#NO_LEADER} if nobody does. */
    public int leader() {
        return state == null ? PartitionState.NO_LEADER : state.leader();
    }

    /** Who is in sync with the leader; nobody while there is no state. */
    public List<Integer> isr() {
        return state == null ? List.of() : state.isr();
    }

    /** Whether it has fewer replicas in sync than it should have; those that a move adds are not missed yet, as in Kafka. */
    public boolean isUnderReplicated() {
        return isr().size() < replicas.origin().size();
    }
}
