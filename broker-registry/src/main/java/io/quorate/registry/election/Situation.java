package io.quorate.registry.election;

import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import java.util.Set;

/**
 * All that matters for the next state of a partition.
 *
 * @param replicas who holds it, and who is to
 * @param state as it is stored; null if there is none yet
 * @param controllerEpoch of the controller that decides
 * @param wishes what was asked for
 */
public record Situation(ReplicaSet replicas, PartitionState state, int controllerEpoch, Set<Wish> wishes) {
    /** What can be asked for beyond that somebody alive leads. */
    public enum Wish {
        /** That the first replica leads, if it can. */
        PREFERRED_LEADER,
        /** That anybody alive leads rather than nobody, though what others have may be lost. */
        UNCLEAN_LEADER,
        /** That the leader learns of new replicas: a new leader epoch. */
        ANNOUNCE_MOVE,
        /** That the replicas that are to go lead and follow no more, if all others are alive and in sync. */
        COMPLETE_MOVE
    }

    boolean wishes(Wish wish) {
        return wishes.contains(wish);
    }
}
