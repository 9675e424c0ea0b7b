package io.quorate.registry.sim;

import io.quorate.registry.model.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What somebody wants of one partition, and what happens besides; each comes to one end, whoever is controller meanwhile. */
enum MoveStory {
    /** All replicas are replaced by others. */
    COMPLETED(List.of(5, 6), List.of(5, 6), 0),
    /** The leader stays, and one replica is replaced. */
    COMPLETED_IN_PART(List.of(3, 5), List.of(3, 5), 0),
    /** One new replica is in sync and the other never will be, so it is to be as it was. */
    CANCELLED(List.of(5, 6), List.of(3, 4), 0),
    /** As before, but it is to be other replicas; said in the tree. */
    REPLACED(List.of(5, 6), List.of(4, 7), 0),
    /** As before, said to the controller. */
    REPLACED_BY_CALL(List.of(5, 6), List.of(4, 7), 0),
    /** The broker of a new replica dies when that is in sync, and comes back later. */
    BROKER_DIES(List.of(5, 6), List.of(5, 6), MoveStory.QUICK),
    /** The broker of a new replica dies when that is in sync, and nobody waits for it. */
    BROKER_DIES_AND_CANCELLED(List.of(5, 6), List.of(3, 4), MoveStory.QUICK),
    /** Nobody goes, and two more join, one of them soon. */
    GROWN(List.of(3, 4, 5, 6), List.of(3, 4, 5, 6), 0),
    /** As before, but then it is to be as it was. */
    GROWN_AND_CANCELLED(List.of(3, 4, 5, 6), List.of(3, 4), 0),
    /** The second replica is dead for good before it begins, and others take its place. */
    DEAD_ONE_REPLACED(List.of(3, 5, 6), List.of(3, 5, 6), 0, Second.DEAD),
    /** The second replica lags behind for ever, and others take its place. */
    LAGGING_ONE_REPLACED(List.of(3, 5, 6), List.of(3, 5, 6), 0, Second.LAGS),
    /** The leader, which is to go, dies when nobody but one new replica is in sync with it, and comes back later. */
    LEADER_DIES(List.of(5, 6), List.of(5, 6), 3, Second.LAGS);

    /** What is with the second replica of the origin before it begins. */
    enum Second {
        IN_SYNC,
        LAGS,
        DEAD
    }

    static final List<Integer> ORIGIN = List.of(3, 4);
    /** Which is in sync soon. */
    static final int QUICK = 5;
    /** Which is in sync when there is no reason any more why not. */
    static final int LAME = 6;

    /** The second replica of the origin. */
    static final int SECOND = 4;

    final List<Integer> first;
    final List<Integer> end;
    /** Which broker dies when half of the move is done; 0 for none. */
    final int dies;

    final Second second;

    MoveStory(List<Integer> first, List<Integer> end, int dies) {
        this(first, end, dies, Second.IN_SYNC);
    }

    MoveStory(List<Integer> first, List<Integer> end, int dies, Second second) {
        this.first = first;
        this.end = end;
        this.dies = dies;
        this.second = second;
    }

    /** Whether something else is wanted when half of the move is done. */
    boolean isChanged() {
        return !first.equals(end);
    }

    /** Whether some broker has a replica that it is to delete. */
    boolean leavesReplicas() {
        return Stream.concat(ORIGIN.stream(), first.stream())
                .anyMatch(broker -> !end.contains(broker) && !isDead(broker));
    }

    /** Whether a broker is dead for good. */
    boolean isDead(int broker) {
        return second == Second.DEAD && broker == SECOND;
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
