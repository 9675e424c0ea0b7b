package io.quorate.registry.image;

import io.quorate.registry.model.Broker;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All brokers, topics and partitions, as far as they are known. Changed by its {@link TreeFollower} only. */
public final class ClusterImage {
    private final SortedMap<Integer, Broker> brokers = new TreeMap<>();
    private final SortedMap<String, TopicImage> topics = new TreeMap<>();

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

    /** The partitions of which a broker holds a replica. */
    public List<TopicPartition> partitionsOn(int broker) {
        List<TopicPartition> found = new ArrayList<>();
        for (TopicImage topic : topics.values()) {
            topic.assignment().replicas().forEach((partition, replicas) -> {
                if (replicas.contains(broker)) {
                    found.add(new TopicPartition(topic.name(), partition));
                }
            });
        }
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
            topic = new TopicImage(name, czxid, assignment, version);
            topics.put(name, topic);
        } else {
            topic.assign(assignment, version);
        }
        return topic;
    }

    void removeTopic(String name) {
        topics.remove(name);
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
