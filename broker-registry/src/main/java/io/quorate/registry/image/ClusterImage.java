package io.quorate.registry.image;

import io.quorate.registry.model.Broker;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All brokers, topics and partitions, as far as they are known. Changed by its {@link TreeFollower} only. */
public final class ClusterImage {
    private final SortedMap<Integer, Broker> brokers = new TreeMap<>();
    private final SortedMap<String, TopicImage> topics = new TreeMap<>();

    private final Map<Integer, Set<TopicPartition>> byBroker = new HashMap<>();

    /** Registered brokers by id; cannot be changed. */
    public SortedMap<Integer, Broker> brokers() {
        return Collections.unmodifiableSortedMap(brokers);
    }

    /** Topics by name; cannot be changed. */
    public SortedMap<String, TopicImage> topics() {
        return Collections.unmodifiableSortedMap(topics);
    }

    /** A topic, or null. */
    public TopicImage topic(String name) {
        return topics.get(name);
    }

    /** The state of a partition, or null. */
    public StoredState state(TopicPartition partition) {
        TopicImage topic = topics.get(partition.topic());
        return topic == null ? null : topic.state(partition.partition());
    }

    /** The replicas of a partition; null if there is no such partition. */
    public ReplicaSet replicas(TopicPartition partition) {
        TopicImage topic = topics.get(partition.topic());
        boolean exists = topic != null && topic.assignment().replicas().containsKey(partition.partition());
        return exists ? topic.assignment().replicaSet(partition.partition()) : null;
    }

    /** All partitions. */
    public List<TopicPartition> partitions() {
        List<TopicPartition> all = new ArrayList<>();
        topics.values().forEach(topic -> all.addAll(topic.partitions()));
        return all;
    }

    /** The partitions of which a broker holds a replica, in order; without looking at all the others. */
    public List<TopicPartition> partitionsOn(int broker) {
        List<TopicPartition> found = new ArrayList<>(byBroker.getOrDefault(broker, Set.of()));
        found.sort(Comparator.naturalOrder());
        return found;
    }

    void put(Broker broker) {
        brokers.put(broker.id(), broker);
    }

    void removeBroker(int id) {
        brokers.remove(id);
    }

    /** Takes a topic's assignment over; one that was created anew begins without states. */
    TopicImage put(String name, long czxid, TopicAssignment assignment, int version) {
        TopicImage topic = topics.get(name);
        if (topic == null || topic.czxid() != czxid) {
            removeTopic(name);
            topic = new TopicImage(name, czxid, assignment, version);
            topics.put(name, topic);
            index(name, Collections.emptySortedMap(), assignment.replicas());
        } else {
            assign(topic, assignment, version);
        }
        return topic;
    }

    /** A known topic is assigned otherwise. */
    void assign(TopicImage topic, TopicAssignment assignment, int version) {
        index(topic.name(), topic.assignment().replicas(), assignment.replicas());
        topic.assign(assignment, version);
    }

    void removeTopic(String name) {
        TopicImage topic = topics.remove(name);
        if (topic != null) {
            index(name, topic.assignment().replicas(), Collections.emptySortedMap());
        }
    }

    private void index(String topic, SortedMap<Integer, List<Integer>> before, SortedMap<Integer, List<Integer>> now) {
        before.forEach((partition, brokers) -> {
            if (!brokers.equals(now.get(partition))) {
                brokers.forEach(broker -> unindex(broker, new TopicPartition(topic, partition)));
            }
        });
        now.forEach((partition, brokers) -> {
            if (!brokers.equals(before.get(partition))) {
                TopicPartition shared = new TopicPartition(topic, partition);
                brokers.forEach(broker ->
                        byBroker.computeIfAbsent(broker, any -> new HashSet<>()).add(shared));
            }
        });
    }

    private void unindex(int broker, TopicPartition partition) {
        byBroker.computeIfPresent(broker, (id, partitions) -> {
            partitions.remove(partition);
            return partitions.isEmpty() ? null : partitions;
        });
    }

    void put(TopicPartition partition, PartitionState state, int version) {
        TopicImage topic = topics.get(partition.topic());
        if (topic != null) {
            topic.put(partition.partition(), new StoredState(state, version));
        }
    }

    void remove(TopicPartition partition) {
        TopicImage topic = topics.get(partition.topic());
        if (topic != null) {
            topic.remove(partition.partition());
        }
    }
}
