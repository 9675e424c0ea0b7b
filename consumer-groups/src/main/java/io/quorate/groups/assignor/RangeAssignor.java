package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Each topic in runs of neighbours, to members in the order of their instance ids, or member ids (consumer-groups C5.3).
 * Topics with the same partitions and the same members are assigned alike, so that partition i of all of them goes to one
 * member. Where racks play a role, a member first gets what is near it, as far as its share goes.
 */
public final class RangeAssignor implements Assignor {
    private static final Comparator<GroupView.Member> IN_ORDER = Comparator.comparing(
                    (GroupView.Member m) -> m.instance() == null ? m.id() : m.instance())
            .thenComparing(GroupView.Member::id);

    @Override
    public String name() {
        return "range";
    }

    /** Topics that are assigned alike. */
    private record Alike(List<String> members, Set<Integer> partitions) {}

    @Override
    public Assignment assign(GroupView group) {
        List<GroupView.Member> members = new ArrayList<>(group.members());
        members.sort(IN_ORDER);
        Racks racks = Racks.of(group);
        SortedMap<String, SortedSet<TopicPartition>> assigned = new TreeMap<>();
        members.forEach(member -> assigned.put(member.id(), new TreeSet<>()));
        alike(group, members).forEach((kind, topics) -> {
            int[] owner = share(kind, topics, group, racks);
            int index = 0;
            for (int partition : kind.partitions()) {
                for (String topic : topics) {
                    assigned.get(kind.members().get(owner[index])).add(new TopicPartition(topic, partition));
                }
                index++;
            }
        });
        return new Assignment(assigned);
    }

    private static Map<Alike, List<String>> alike(GroupView group, List<GroupView.Member> inOrder) {
        Map<Alike, List<String>> kinds = new LinkedHashMap<>();
        group.topics().forEach((topic, partitions) -> {
            List<String> wanting = inOrder.stream()
                    .filter(member -> member.topics().contains(topic))
                    .map(GroupView.Member::id)
                    .toList();
            if (!wanting.isEmpty()) {
                kinds.computeIfAbsent(new Alike(wanting, partitions.keySet()), none -> new ArrayList<>())
                        .add(topic);
            }
        });
        return kinds;
    }

    /** Which member, by its place in order, gets each partition, by its place in order. */
    private static int[] share(Alike kind, List<String> topics, GroupView group, Racks racks) {
        int members = kind.members().size();
        int[] quota = new int[members];
        for (int m = 0; m < members; m++) {
            quota[m] =
                    kind.partitions().size() / members + (m < kind.partitions().size() % members ? 1 : 0);
        }
        int[] owner = new int[kind.partitions().size()];
        int index = 0;
        for (int partition : kind.partitions()) {
            owner[index++] = racks.areOn() ? takeNear(kind, quota, topics, partition, group, racks) : -1;
        }
        int next = 0;
        for (int i = 0; i < owner.length; i++) {
            while (owner[i] < 0 && quota[next] == 0) {
                next++;
            }
            if (owner[i] < 0) {
                quota[next]--;
                owner[i] = next;
            }
        }
        return owner;
    }

    /** The first member with something left of its share that is near this partition of all these topics, or -1. */
    private static int takeNear(
            Alike kind, int[] quota, List<String> topics, int partition, GroupView group, Racks racks) {
        for (int m = 0; m < quota.length; m++) {
            String member = kind.members().get(m);
            boolean near = topics.stream()
                    .allMatch(topic ->
                            racks.match(member, group.topics().get(topic).get(partition)));
            if (quota[m] > 0 && near) {
                quota[m]--;
                return m;
            }
        }
        return -1;
    }
}
