package io.quorate.registry.cache;

import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicPartition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A cluster at one moment. Immutable; safe for use by any number of threads.
 *
 * @param number grows with every snapshot of the same cache
 * @param brokers registered brokers by id
 * @param controller null if there is none
 * @param topics by name
 */
public record ClusterSnapshot(
        long number, SortedMap<Integer, Broker> brokers, ControllerInfo controller, Map<String, TopicSnapshot> topics) {
    /** What is known before anything is. */
    public static final ClusterSnapshot EMPTY =
            new ClusterSnapshot(0, Collections.emptySortedMap(), null, Collections.emptyMap());

    /**
     * A topic at one moment.
     *
     * @param topicId null if it has none yet
     * @param partitions by number
     */
    public record TopicSnapshot(String name, String topicId, List<PartitionDescription> partitions) {
        public TopicSnapshot {
            partitions = List.copyOf(partitions);
        }
    }

    /** How many partitions a topic has; 0 if there is no such topic. */
    public int partitionCount(String topic) {
        TopicSnapshot found = topics.get(topic);
        return found == null ? 0 : found.partitions().size();
    }

    /** A partition, or null. */
    public PartitionDescription partition(TopicPartition id) {
        TopicSnapshot topic = topics.get(id.topic());
        boolean exists = topic != null
                && id.partition() >= 0
                && id.partition() < topic.partitions().size();
        return exists ? topic.partitions().get(id.partition()) : null;
    }

    /** The broker that leads a partition, if it is registered; else null. */
    public Broker leader(TopicPartition id) {
        PartitionDescription partition = partition(id);
        int leader = partition == null ? PartitionState.NO_LEADER : partition.leader();
        return brokers.get(leader);
    }

    /** Replicas of a partition whose brokers are not registered. */
    public List<Integer> offlineReplicas(TopicPartition id) {
        PartitionDescription partition = partition(id);
        return partition == null
                ? List.of()
                : partition.replicas().replicas().stream()
                        .filter(broker -> !brokers.containsKey(broker))
                        .toList();
    }
}
