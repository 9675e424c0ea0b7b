package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Owns the two ways in which old consumers share partitions among their threads (consumer-groups A6), to the bit: every member
 * of a group computes the whole and all must come to the same.
 */
public enum LegacyStrategy {
    /** Each topic for itself, in runs of neighbours. */
    RANGE {
        @Override
        void assign(
                SortedMap<String, SortedSet<String>> threads,
                SortedMap<String, SortedSet<Integer>> partitions,
                Map<TopicPartition, String> owners) {
            threads.forEach((topic, wanting) ->
                    assignRuns(topic, List.copyOf(wanting), partitions.getOrDefault(topic, NO_PARTITIONS), owners));
        }
    },
    /** All partitions in the order of their hashes, in turn to all threads. */
    ROUNDROBIN {
        @Override
        void assign(
                SortedMap<String, SortedSet<String>> threads,
                SortedMap<String, SortedSet<Integer>> partitions,
                Map<TopicPartition, String> owners) {
            SortedSet<String> distinct = new TreeSet<>();
            threads.values().forEach(distinct::addAll);
            List<String> circle = List.copyOf(distinct);
            int next = 0;
            for (TopicPartition each : byHash(threads.keySet(), partitions)) {
                while (!threads.get(each.topic()).contains(circle.get(next % circle.size()))) {
                    next++;
                }
                owners.put(each, circle.get(next % circle.size()));
                next++;
            }
        }
    };

    private static final SortedSet<Integer> NO_PARTITIONS = new TreeSet<>();

    abstract void assign(
            SortedMap<String, SortedSet<String>> threads,
            SortedMap<String, SortedSet<Integer>> partitions,
            Map<TopicPartition, String> owners);

    /** What configurations call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that configurations call so. */
    public static LegacyStrategy named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /**
     * Gives every partition an owner.
     *
     * @param threads topic to the ids of the threads that want it, at least one
     * @param partitions topic to its partitions; topics that do not exist may be missing
     * @return partition to thread id
     */
    public Map<TopicPartition, String> assign(
            SortedMap<String, SortedSet<String>> threads, SortedMap<String, SortedSet<Integer>> partitions) {
        Map<TopicPartition, String> owners = new LinkedHashMap<>();
        assign(threads, partitions, owners);
        return owners;
    }

    /** Whether two of these partitions have the same hash: members on different JVMs may then disagree for a while. */
    public static boolean hasHashTie(SortedMap<String, SortedSet<Integer>> partitions) {
        List<TopicPartition> all = byHash(partitions.keySet(), partitions);
        for (int i = 1; i < all.size(); i++) {
            if (hash(all.get(i - 1)) == hash(all.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static void assignRuns(
            String topic, List<String> threads, SortedSet<Integer> partitions, Map<TopicPartition, String> owners) {
        int each = partitions.size() / threads.size();
        int withOneMore = partitions.size() % threads.size();
        int index = 0;
        for (int partition : partitions) {
            // The first `withOneMore` runs are longer by one.
            int longRuns = withOneMore * (each + 1);
            int thread = index < longRuns ? index / (each + 1) : withOneMore + (index - longRuns) / each;
            owners.put(new TopicPartition(topic, partition), threads.get(thread));
            index++;
        }
    }

    private static List<TopicPartition> byHash(
            Iterable<String> topics, SortedMap<String, SortedSet<Integer>> partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics) {
            partitions.getOrDefault(topic, NO_PARTITIONS).forEach(p -> all.add(new TopicPartition(topic, p)));
        }
        all.sort(Comparator.comparingInt(LegacyStrategy::hash));
        return all;
    }

    private static int hash(TopicPartition each) {
        return ("[" + each.topic() + "," + each.partition() + "]").hashCode();
    }
}
