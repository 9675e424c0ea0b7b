package io.quorate.bench;

import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.placement.Placement;
import io.quorate.registry.placement.RackMode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The size of a cluster under measurement.
 *
 * @param brokers with ids from 1
 * @param topics how many there are
 * @param partitionsPerTopic of each topic
 * @param replicas of each partition
 * @param registering how many brokers register at the same time, before there are topics
 */
record ClusterPlan(int brokers, int topics, int partitionsPerTopic, int replicas, int registering) {

    ClusterPlan {
        if (brokers <= replicas || topics < 1 || partitionsPerTopic < 1 || registering < 1) {
            throw new IllegalArgumentException("more brokers than replicas, and a topic with a partition: " + brokers);
        }
    }

    int partitions() {
        return topics * partitionsPerTopic;
    }

    static String topic(int number) {
        return String.format(Locale.ROOT, "topic-%05d", number);
    }

    /** Which brokers have the partitions of a topic. */
    SortedMap<Integer, List<Integer>> assignment(int topic) {
        SortedMap<Integer, String> racks = new TreeMap<>();
        for (int id = 1; id <= brokers; id++) {
            racks.put(id, null);
        }
        return Placement.over(racks, RackMode.DISABLED)
                .topic(partitionsPerTopic, replicas, bound -> (topic * 7) % bound);
    }

    /** The partitions of which a broker has a replica. */
    Set<TopicPartition> partitionsOn(int broker) {
        Set<TopicPartition> found = new HashSet<>();
        for (int t = 0; t < topics; t++) {
            String topic = topic(t);
            assignment(t).forEach((partition, on) -> {
                if (on.contains(broker)) {
                    found.add(new TopicPartition(topic, partition));
                }
            });
        }
        return found;
    }

    /** The heading of its table. */
    String title() {
        return String.format(
                Locale.ROOT,
                "%,d brokers, %,d topics of %d partitions with %d replicas",
                brokers,
                topics,
                partitionsPerTopic,
                replicas);
    }
}
