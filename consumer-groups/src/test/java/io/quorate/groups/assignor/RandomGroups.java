package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes groups to share partitions among: by hand, and by chance. */
final class RandomGroups {
    private static final List<String> RACKS = List.of("a", "b", "c");

    private RandomGroups() {}

    static SortedSet<TopicPartition> partitions(String topic, int... numbers) {
        SortedSet<TopicPartition> set = new TreeSet<>();
        for (int number : numbers) {
            set.add(new TopicPartition(topic, number));
        }
        return set;
    }

    /** Members that want everything. */
    static GroupView group(
            Map<String, Integer> topics, List<String> ids, Map<String, SortedSet<TopicPartition>> previous) {
        List<GroupView.Member> members = new ArrayList<>();
        for (String id : ids) {
            members.add(new GroupView.Member(
                    id, null, null, topics.keySet(), previous.getOrDefault(id, new TreeSet<>()), 1));
        }
        return new GroupView(members, GroupView.topicsOf(new TreeMap<>(topics)));
    }

    /** The same group, in which everybody has what he was given. */
    static GroupView with(GroupView group, Assignment given) {
        List<GroupView.Member> members = group.members().stream()
                .map(m -> new GroupView.Member(m.id(), m.instance(), m.rack(), m.topics(), given.of(m.id()), 9))
                .toList();
        return new GroupView(members, group.topics());
    }

    /** A settled group to which something happens: somebody leaves, comes, or wants something else; a topic grows. */
    static GroupView changed(GroupView group, Assignment given, Random random) {
        SortedMap<String, SortedMap<Integer, Set<String>>> topics = new TreeMap<>(group.topics());
        List<GroupView.Member> members = new ArrayList<>(with(group, given).members());
        switch (random.nextInt(4)) {
            case 0 -> members.remove(random.nextInt(members.size()));
            case 1 -> {
                String topic = topics.firstKey();
                topics.put(topic, topic(random, topics.get(topic).size() + 1 + random.nextInt(5), false));
            }
            case 2 -> {
                GroupView.Member one = members.remove(0);
                Collection<String> wants = some(random, topics.keySet());
                members.add(new GroupView.Member(one.id(), null, one.rack(), wants, one.previous(), one.generation()));
            }
            default -> {}
        }
        if (members.isEmpty() || random.nextInt(2) == 0) {
            members.add(new GroupView.Member("new", null, null, some(random, topics.keySet()), new TreeSet<>(), 0));
        }
        return new GroupView(members, topics);
    }

    static SortedSet<TopicPartition> wanted(GroupView group) {
        SortedSet<TopicPartition> all = new TreeSet<>();
        group.members().forEach(member -> member.topics().forEach(topic -> group.topics()
                .getOrDefault(topic, new TreeMap<>())
                .keySet()
                .forEach(p -> all.add(new TopicPartition(topic, p)))));
        return all;
    }

    static GroupView uniform(Random random) {
        return random(random, 12, 4, 30, true, random.nextInt(3) == 0);
    }

    static GroupView small(Random random) {
        return random(random, 4, 2, 4, true, false);
    }

    static GroupView general(Random random) {
        return random(random, 10, 5, 15, false, random.nextInt(3) == 0);
    }

    static GroupView racked(Random random) {
        return random(random, 8, 3, 20, true, true);
    }

    /** Two topics of a hundred partitions. */
    static GroupView rackedOf200(Random random) {
        SortedMap<String, SortedMap<Integer, Set<String>>> topics =
                new TreeMap<>(Map.of("t0", topic(random, 100, true), "t1", topic(random, 100, true)));
        List<GroupView.Member> members = new ArrayList<>();
        for (int m = 0; m < 7 + random.nextInt(20); m++) {
            String rack = RACKS.get(random.nextInt(RACKS.size()));
            members.add(new GroupView.Member("m" + m, null, rack, topics.keySet(), new TreeSet<>(), 1));
        }
        return new GroupView(members, topics);
    }

    private static GroupView random(
            Random random, int membersMax, int topicsMax, int partitionsMax, boolean uniform, boolean racked) {
        SortedMap<String, SortedMap<Integer, Set<String>>> topics = new TreeMap<>();
        int topicCount = 1 + random.nextInt(topicsMax);
        for (int t = 0; t < topicCount; t++) {
            topics.put("t" + t, topic(random, 1 + random.nextInt(partitionsMax), racked));
        }
        List<TopicPartition> all = new ArrayList<>();
        topics.forEach((name, numbers) -> numbers.keySet().forEach(p -> all.add(new TopicPartition(name, p))));
        List<GroupView.Member> members = new ArrayList<>();
        int count = 1 + random.nextInt(membersMax);
        int claims = random.nextInt(4);
        for (int m = 0; m < count; m++) {
            String rack = racked && random.nextInt(5) > 0 ? RACKS.get(random.nextInt(RACKS.size())) : null;
            Collection<String> wants = uniform ? topics.keySet() : some(random, topics.keySet());
            members.add(new GroupView.Member(
                    "m" + m, null, rack, wants, previous(random, all, claims, m), random.nextInt(3)));
        }
        return new GroupView(members, topics);
    }

    private static SortedMap<Integer, Set<String>> topic(Random random, int partitions, boolean racked) {
        SortedMap<Integer, Set<String>> numbers = new TreeMap<>();
        for (int p = 0; p < partitions; p++) {
            numbers.put(p, racked ? new TreeSet<>(some(random, RACKS)) : Set.of());
        }
        return numbers;
    }

    private static List<String> some(Random random, Collection<String> from) {
        List<String> chosen = new ArrayList<>();
        from.forEach(each -> {
            if (random.nextInt(3) == 0) {
                chosen.add(each);
            }
        });
        return chosen.isEmpty() ? List.copyOf(from).subList(0, 1) : chosen;
    }

    /** From nothing to lopsided, with claims that contradict others', and such that make no sense. */
    private static SortedSet<TopicPartition> previous(Random random, List<TopicPartition> all, int claims, int member) {
        SortedSet<TopicPartition> set = new TreeSet<>();
        for (int i = 0; i < all.size(); i++) {
            boolean mine = claims == 1 ? i % 3 == member : claims > 1 && random.nextInt(claims * 2) == 0;
            if (mine) {
                set.add(all.get(i));
            }
        }
        if (random.nextInt(4) == 0) {
            set.add(new TopicPartition("gone", 1));
        }
        return set;
    }
}
