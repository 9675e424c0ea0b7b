package io.quorate.registry.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which brokers hold the partitions of a topic, as the topic's node says (registry spec 1.2). Immutable.
 *
 * @param replicas of each partition; the first is the one that should lead
 * @param adding of partitions that are on the move: replicas that are to join; in {@code replicas} already. Empty lists are left
 *     out, here and of the next
 * @param removing of partitions that are on the move: replicas that are to go; in {@code replicas} still
 * @param topicId see {@link TopicIds}; null if nobody gave it one yet
 */
public record TopicAssignment(
        SortedMap<Integer, List<Integer>> replicas,
        SortedMap<Integer, List<Integer>> adding,
        SortedMap<Integer, List<Integer>> removing,
        String topicId) {
    public TopicAssignment {
        replicas = copy(replicas, true);
        adding = copy(adding, false);
        removing = copy(removing, false);
    }

    /** A topic of which nothing is on the move. */
    public static TopicAssignment of(SortedMap<Integer, List<Integer>> replicas, String topicId) {
        return new TopicAssignment(replicas, Collections.emptySortedMap(), Collections.emptySortedMap(), topicId);
    }

    /** Replicas of a partition; none if there is no such partition. */
    public List<Integer> replicas(int partition) {
        return replicas.getOrDefault(partition, List.of());
    }

    /** The replicas of a partition, taken apart by where they are going. */
    public ReplicaSet replicaSet(int partition) {
        return new ReplicaSet(
                replicas(partition),
                adding.getOrDefault(partition, List.of()),
                removing.getOrDefault(partition, List.of()));
    }

    /** The same with other replicas for one partition. */
    public TopicAssignment with(int partition, ReplicaSet changed) {
        return new TopicAssignment(
                put(replicas, partition, changed.replicas()),
                put(adding, partition, changed.adding()),
                put(removing, partition, changed.removing()),
                topicId);
    }

    /** The same with this id. */
    public TopicAssignment withTopicId(String id) {
        return new TopicAssignment(replicas, adding, removing, id);
    }

    /** The partitions that are on the move. */
    public SortedSet<Integer> moving() {
        SortedSet<Integer> moving = new TreeSet<>(adding.keySet());
        moving.addAll(removing.keySet());
        return moving;
    }

    /** Whether any partition is on the move. */
    public boolean isMoving() {
        return !adding.isEmpty() || !removing.isEmpty();
    }

    private static SortedMap<Integer, List<Integer>> put(
            SortedMap<Integer, List<Integer>> old, int partition, List<Integer> brokers) {
        SortedMap<Integer, List<Integer>> changed = new TreeMap<>(old);
        changed.put(partition, brokers);
        return changed;
    }

    private static SortedMap<Integer, List<Integer>> copy(SortedMap<Integer, List<Integer>> map, boolean keepsEmpty) {
        SortedMap<Integer, List<Integer>> copy = new TreeMap<>();
        map.forEach((partition, brokers) -> {
            if (keepsEmpty || !brokers.isEmpty()) {
                copy.put(partition, List.copyOf(brokers));
            }
        });
        return Collections.unmodifiableSortedMap(copy);
    }
}
