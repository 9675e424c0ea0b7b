package io.quorate.registry.controller;

import io.quorate.registry.election.Liveness;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Owns what the controller knows of brokers beyond that they are registered. */
final class LiveBrokers {
    private final ClusterImage image;
    private final Set<Integer> stopping = new HashSet<>();
    private final Set<Integer> bounced = new HashSet<>();
    /** Partitions of brokers that came back which could not be dealt with yet: there these still count as dead. */
    private final Map<Integer, Set<TopicPartition>> undecided = new HashMap<>();

    private final Map<Integer, Set<TopicPartition>> failed = new HashMap<>();

    LiveBrokers(ClusterImage image) {
        this.image = image;
    }

    /** Who can hold this partition. */
    Liveness of(TopicPartition partition) {
        return new Liveness() {
            @Override
            public boolean isAlive(int broker) {
                return image.brokers().containsKey(broker)
                        && !bounced.contains(broker)
                        && !undecided.getOrDefault(broker, Set.of()).contains(partition)
                        && !failed.getOrDefault(broker, Set.of()).contains(partition);
            }

            @Override
            public boolean isStopping(int broker) {
                return stopping.contains(broker);
            }
        };
    }

    /** Whether this is the epoch with which the broker is registered. */
    boolean isCurrent(int broker, long epoch) {
        Broker registered = image.brokers().get(broker);
        return registered != null && registered.epoch() == epoch;
    }

    /** A broker came back under a new epoch: until all its partitions were dealt with it counts as dead (registry spec 4.6). */
    void bounced(int broker) {
        bounced.add(broker);
        started(broker);
    }

    /**
     * All partitions of a broker that came back were dealt with.
     *
     * @param open but not these, about which nothing can be done for now
     */
    void settled(int broker, Collection<TopicPartition> open) {
        bounced.remove(broker);
        if (!open.isEmpty()) {
            undecided.put(broker, new HashSet<>(open));
        }
    }

    /** Takes out those that were dealt with later. */
    List<TopicPartition> takeDecided(Predicate<TopicPartition> isOpen) {
        List<TopicPartition> decided = new ArrayList<>();
        for (Set<TopicPartition> partitions : undecided.values()) {
            partitions.removeIf(partition -> !isOpen.test(partition) && decided.add(partition));
        }
        undecided.values().removeIf(Set::isEmpty);
        return decided;
    }

    Set<Integer> bounced() {
        return new HashSet<>(bounced);
    }

    /** A broker came or went: what was known of its last life is of no interest. */
    void started(int broker) {
        stopping.remove(broker);
        undecided.remove(broker);
        failed.remove(broker);
    }

    /** A topic has other replicas: what failed on a broker that holds it no more may come back to it, to another directory. */
    void onReplicas(String topic) {
        failed.forEach((broker, partitions) ->
                partitions.removeIf(partition -> partition.topic().equals(topic) && !isReplica(partition, broker)));
    }

    private boolean isReplica(TopicPartition partition, int broker) {
        ReplicaSet replicas = image.replicas(partition);
        return replicas != null && replicas.replicas().contains(broker);
    }

    void stopping(int broker) {
        stopping.add(broker);
    }

    void failed(int broker, Collection<TopicPartition> partitions) {
        failed.computeIfAbsent(broker, any -> new HashSet<>()).addAll(partitions);
    }
}
