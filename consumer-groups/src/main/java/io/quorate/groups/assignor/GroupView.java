package io.quorate.groups.assignor;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What an assignor may look at. Immutable.
 *
 * @param members all of them, in any order
 * @param topics by name: partition number to the racks of all its replicas, in sync or not; empty where racks are not known
 */
public record GroupView(List<Member> members, SortedMap<String, SortedMap<Integer, Set<String>>> topics) {

    public GroupView {
        members = List.copyOf(members);
        topics = Collections.unmodifiableSortedMap(topics);
    }

    /**
     * One member.
     *
     * @param id unique
     * @param instance its name across restarts, or null
     * @param rack where it is, or null
     * @param topics what it wants; they need not exist
     * @param previous what it had; claims that make no sense any more are passed over
     * @param generation when it was given that: of two members that claim a partition, the later one had it
     */
    public record Member(
            String id,
            String instance,
            String rack,
            Collection<String> topics,
            SortedSet<TopicPartition> previous,
            int generation) {}

    /** Topics of which nothing is known but how many partitions they have. */
    public static SortedMap<String, SortedMap<Integer, Set<String>>> topicsOf(SortedMap<String, Integer> partitions) {
        SortedMap<String, SortedMap<Integer, Set<String>>> topics = new TreeMap<>();
        partitions.forEach((topic, count) -> {
            SortedMap<Integer, Set<String>> racks = new TreeMap<>();
            for (int p = 0; p < count; p++) {
                racks.put(p, Set.of());
            }
            topics.put(topic, racks);
        });
        return topics;
    }
}
