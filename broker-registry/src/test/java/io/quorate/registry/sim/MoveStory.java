package io.quorate.registry.sim;

import io.quorate.registry.model.ReplicaSet;
import java.util.ArrayList;
import java.util.List;

/** What somebody wants of one partition, and what happens besides; each comes to one end, whoever is controller meanwhile. */
enum MoveStory {
    /** All replicas are replaced by others. */
    COMPLETED(List.of(5, 6), List.of(5, 6), false),
    /** The leader stays, and one replica is replaced. */
    COMPLETED_IN_PART(List.of(3, 5), List.of(3, 5), false),
    /** One new replica is in sync and the other never will be, so it is to be as it was. */
    CANCELLED(List.of(5, 6), List.of(3, 4), false),
    /** As before, but it is to be other replicas; said in the tree. */
    REPLACED(List.of(5, 6), List.of(4, 7), false),
    /** As before, said to the controller. */
    REPLACED_BY_CALL(List.of(5, 6), List.of(4, 7), false),
    /** The broker of a new replica dies when that is in sync, and comes back later. */
    BROKER_DIES(List.of(5, 6), List.of(5, 6), true),
    /** The broker of a new replica dies when that is in sync, and nobody waits for it. */
    BROKER_DIES_AND_CANCELLED(List.of(5, 6), List.of(3, 4), true);

    static final List<Integer> ORIGIN = List.of(3, 4);
    /** Which is in sync soon. */
    static final int QUICK = 5;
    /** Which is in sync when there is no reason any more why not. */
    static final int LAME = 6;

    final List<Integer> first;
    final List<Integer> end;
    final boolean withDeath;

    MoveStory(List<Integer> first, List<Integer> end, boolean withDeath) {
        this.first = first;
        this.end = end;
        this.withDeath = withDeath;
    }

    /** Whether something else is wanted when half of the move is done. */
    boolean isChanged() {
        return !first.equals(end);
    }

    /** What the topic may say of the partition; A1 of registry spec 14, and nothing that nobody has asked for. */
    List<ReplicaSet> allowed() {
        ReplicaSet origin = ReplicaSet.settled(ORIGIN);
        List<ReplicaSet> all = new ArrayList<>(List.of(origin, origin.towards(first), ReplicaSet.settled(end)));
        if (!end.equals(ORIGIN)) {
            all.add(origin.towards(end));
        }
        return all;
    }
}
