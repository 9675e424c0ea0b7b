package io.quorate.registry.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The replicas of one partition (registry spec 9). Immutable.
 *
 * @param replicas all of them; the first is the one that should lead. While it is on the move: the target, then what is to go
 * @param adding those of them that are to join
 * @param removing those of them that are to go
 */
public record ReplicaSet(List<Integer> replicas, List<Integer> adding, List<Integer> removing) {
    public ReplicaSet {
        replicas = List.copyOf(replicas);
        adding = List.copyOf(adding);
        removing = List.copyOf(removing);
    }

    /** Replicas that stay where they are. */
    public static ReplicaSet settled(List<Integer> replicas) {
        return new ReplicaSet(replicas, List.of(), List.of());
    }

    /** What it is to become. */
    public List<Integer> target() {
        return without(replicas, removing);
    }

    /** What it was before it began to move; the order may be another (registry spec 9). */
    public List<Integer> origin() {
        return without(replicas, adding);
    }

    /** Whether it is on the move. */
    public boolean isMoving() {
        return !adding.isEmpty() || !removing.isEmpty();
    }

    /** Replicas on the way from the same origin to this target. */
    public ReplicaSet towards(List<Integer> target) {
        List<Integer> origin = origin();
        List<Integer> going = without(origin, target);
        List<Integer> all = new ArrayList<>(target);
        all.addAll(going);
        return new ReplicaSet(all, without(target, origin), going);
    }

    private static List<Integer> without(List<Integer> brokers, List<Integer> others) {
        return brokers.stream().filter(broker -> !others.contains(broker)).toList();
    }
}
