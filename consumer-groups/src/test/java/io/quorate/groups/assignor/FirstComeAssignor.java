package io.quorate.groups.assignor;

import java.util.TreeMap;
import java.util.TreeSet;

/** Somebody else's assignor, found through its services file: the first member that wants a topic gets all of it. */
public final class FirstComeAssignor implements Assignor {
    @Override
    public String name() {
        return "first-come";
    }

    @Override
    public Assignment assign(GroupView group) {
        TreeMap<String, java.util.SortedSet<TopicPartition>> given = new TreeMap<>();
        group.members().forEach(member -> given.put(member.id(), new TreeSet<>()));
        group.topics().forEach((topic, partitions) -> group.members().stream()
                .filter(member -> member.topics().contains(topic))
                .map(GroupView.Member::id)
                .sorted()
                .findFirst()
                .ifPresent(id -> partitions.keySet().forEach(p -> given.get(id).add(new TopicPartition(topic, p)))));
        return new Assignment(given);
    }
}
