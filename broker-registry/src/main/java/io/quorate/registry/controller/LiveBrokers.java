package io.quorate.registry.controller;

import io.quorate.registry.election.Liveness;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Owns what the controller knows of brokers beyond that they are registered. */
final class LiveBrokers {
    private final ClusterImage image;
    private final Set<Integer> stopping = new HashSet<>();
    private final Set<Integer> bounced = new HashSet<>();
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

    /** All partitions of a broker that came back were dealt with. */
    void settled(int broker) {
        bounced.remove(broker);
    }

    Set<Integer> bounced() {
        return new HashSet<>(bounced);
    }

    /** A broker came or went: what was known of its last life is of no interest. */
    void started(int broker) {
        stopping.remove(broker);
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
