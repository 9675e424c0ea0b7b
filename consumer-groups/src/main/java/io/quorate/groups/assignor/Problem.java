package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The same as a {@link GroupView}, by number: members in the order of their ids, topics in the order of their names, partitions
 * in the order of topic and number. Topics nobody wants are left out. Immutable, except that nobody copies the arrays.
 */
final class Problem {
    static final int NOBODY = -1;

    final List<String> members;
    final List<TopicPartition> partitions = new ArrayList<>();
    /** Partition to the racks of its replicas. */
    final List<Set<String>> replicaRacks = new ArrayList<>();
    /** Partition to topic. */
    final int[] topicOf;
    /** Topic to the members that want it, in order. */
    final int[][] wanting;
    /** Partition to its previous owner, or nobody (consumer-groups C5, prev). */
    final int[] previous;

    final Racks racks;

    private Problem(GroupView group) {
        List<GroupView.Member> inOrder = new ArrayList<>(group.members());
        inOrder.sort(Comparator.comparing(GroupView.Member::id));
        members = inOrder.stream().map(GroupView.Member::id).toList();
        racks = Racks.of(group);
        List<Set<String>> wants = new ArrayList<>();
        inOrder.forEach(member -> wants.add(new HashSet<>(member.topics())));
        List<int[]> wantingByTopic = new ArrayList<>();
        List<Integer> topics = new ArrayList<>();
        group.topics().forEach((topic, numbers) -> {
            int[] wanting = java.util.stream.IntStream.range(0, wants.size())
                    .filter(m -> wants.get(m).contains(topic))
                    .toArray();
            if (wanting.length > 0) {
                numbers.forEach((number, replicas) -> {
                    partitions.add(new TopicPartition(topic, number));
                    replicaRacks.add(replicas);
                    topics.add(wantingByTopic.size());
                });
                wantingByTopic.add(wanting);
            }
        });
        wanting = wantingByTopic.toArray(int[][]::new);
        topicOf = topics.stream().mapToInt(Integer::intValue).toArray();
        previous = previousOwners(inOrder);
    }

    static Problem of(GroupView group) {
        return new Problem(group);
    }

    /** The later of two claims wins; of two from the same generation, neither. */
    private int[] previousOwners(List<GroupView.Member> inOrder) {
        int[] owner = new int[partitions.size()];
        int[] generation = new int[partitions.size()];
        Arrays.fill(owner, NOBODY);
        Arrays.fill(generation, Integer.MIN_VALUE);
        Map<TopicPartition, Integer> numbers = new HashMap<>();
        for (int p = 0; p < partitions.size(); p++) {
            numbers.put(partitions.get(p), p);
        }
        for (int m = 0; m < inOrder.size(); m++) {
            GroupView.Member member = inOrder.get(m);
            for (TopicPartition claimed : member.previous()) {
                Integer p = numbers.get(claimed);
                if (p == null || !wants(m, p) || member.generation() < generation[p]) {
                    continue;
                }
                owner[p] = member.generation() == generation[p] ? NOBODY : m;
                generation[p] = member.generation();
            }
        }
        return owner;
    }

    boolean wants(int member, int partition) {
        return Arrays.binarySearch(wanting[topicOf[partition]], member) >= 0;
    }

    boolean isNear(int member, int partition) {
        return racks.match(members.get(member), replicaRacks.get(partition));
    }

    /** Whether all members want the same of what there is. */
    boolean isUniform() {
        return Arrays.stream(wanting).allMatch(each -> each.length == members.size());
    }

    /** The answer in names again; {@code owner} is a member for each partition, or nobody. */
    Assignment assignment(int[] owner) {
        SortedMap<String, SortedSet<TopicPartition>> assigned = new TreeMap<>();
        members.forEach(member -> assigned.put(member, new TreeSet<>()));
        for (int p = 0; p < owner.length; p++) {
            if (owner[p] != NOBODY) {
                assigned.get(members.get(owner[p])).add(partitions.get(p));
            }
        }
        return new Assignment(assigned);
    }
}
