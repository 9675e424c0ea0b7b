package io.quorate.registry.controller;

import io.quorate.registry.model.TopicPartition;
import java.util.List;

/**
 * A leader asks its controller for other in-sync replicas (registry spec 8).
 *
 * @param broker the leader
 * @param brokerEpoch of the leader
 * @param partition which it leads
 * @param leaderEpoch under which it leads
 * @param partitionEpoch version of the state that it knows
 * @param isr what it wants
 * @param recovery 1 if it goes on recovering from an unclean election, else 0
 */
public record IsrRequest(
        int broker,
        long brokerEpoch,
        TopicPartition partition,
        int leaderEpoch,
        int partitionEpoch,
        List<Integer> isr,
        int recovery) {
    public IsrRequest {
        isr = List.copyOf(isr);
    }

    /** What a controller answers. */
    public enum Result {
        /** It is so now, or was already. */
        OK,
        /** Ask another controller: this one knows less than the leader, or is none any more. */
        NOT_CONTROLLER,
        /** The broker has registered anew since. */
        STALE_BROKER_EPOCH,
        /** There is no such partition, or its topic is being deleted. */
        UNKNOWN_PARTITION,
        /** Another leader was elected since. */
        FENCED_LEADER_EPOCH,
        /** The state has changed since. */
        INVALID_VERSION,
        /** Somebody in the list is not alive, or about to stop, or no replica; or a recovering leader wants company. */
        INELIGIBLE
    }
}
