package io.quorate.coordinator.cli.brokers;

import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicDescription;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what each broker leads and holds. Not thread-safe. */
final class BrokerLoad {

    private final SortedMap<Integer, Integer> leaders = new TreeMap<>();
    private final SortedMap<Integer, Integer> replicas = new TreeMap<>();

    /** Counts one more topic. */
    void add(TopicDescription topic) {
        for (PartitionDescription partition : topic.partitions()) {
            if (partition.leader() != PartitionState.NO_LEADER) {
                leaders.merge(partition.leader(), 1, Integer::sum);
            }
            partition.replicas().replicas().forEach(id -> replicas.merge(id, 1, Integer::sum));
        }
    }

    int leaders(int broker) {
        return leaders.getOrDefault(broker, 0);
    }

    int replicas(int broker) {
        return replicas.getOrDefault(broker, 0);
    }

    /** By how many percent a broker holds more replicas than the mean of these; null if they hold none. */
    Long skewPercent(int broker, Set<Integer> brokers) {
        double mean = brokers.stream().mapToInt(this::replicas).average().orElse(0);
        return mean == 0 ? null : Math.round(100 * (replicas(broker) - mean) / mean);
    }

    /** Those that hold replicas and are none of these. */
    SortedSet<Integer> othersThan(Set<Integer> brokers) {
        SortedSet<Integer> others = new TreeSet<>(replicas.keySet());
        others.removeAll(brokers);
        return others;
    }
}
