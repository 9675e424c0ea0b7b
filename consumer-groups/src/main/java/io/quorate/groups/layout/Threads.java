package io.quorate.groups.layout;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which threads of which members want which topics, as old consumers see it (consumer-groups A3 and A6). */
public final class Threads {
    private Threads() {}

    /**
     * The threads that want each topic.
     *
     * @param members consumer id to subscription, for all members
     * @param existing all topics that there are
     * @param excludeInternal whether <em>this</em> member's expressions pass over internal topics: old consumers apply their
     *     own setting to everybody's
     */
    public static SortedMap<String, SortedSet<String>> byTopic(
            Map<String, Subscription> members, Collection<String> existing, boolean excludeInternal) {
        SortedMap<String, SortedSet<String>> threads = new TreeMap<>();
        members.forEach((member, subscription) -> subscription
                .expand(existing, excludeInternal)
                .forEach((topic, streams) -> {
                    SortedSet<String> wanting = threads.computeIfAbsent(topic, none -> new TreeSet<>());
                    for (int i = 0; i < streams; i++) {
                        wanting.add(Registration.threadOf(member, i));
                    }
                }));
        return threads;
    }
}
