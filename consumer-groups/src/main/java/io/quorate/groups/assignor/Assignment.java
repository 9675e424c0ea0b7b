package io.quorate.groups.assignor;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who gets what. Immutable.
 *
 * @param byMember member id to its partitions
 */
public record Assignment(SortedMap<String, SortedSet<TopicPartition>> byMember) {

    public Assignment {
        SortedMap<String, SortedSet<TopicPartition>> copy = new TreeMap<>();
        byMember.forEach((member, set) -> copy.put(member, Collections.unmodifiableSortedSet(new TreeSet<>(set))));
        byMember = Collections.unmodifiableSortedMap(copy);
    }

    /** What one member gets; nothing for a member without an entry. */
    public SortedSet<TopicPartition> of(String member) {
        return byMember.getOrDefault(member, Collections.emptySortedSet());
    }

    /** How many partitions are assigned. */
    public int partitions() {
        return byMember.values().stream().mapToInt(SortedSet::size).sum();
    }
}
