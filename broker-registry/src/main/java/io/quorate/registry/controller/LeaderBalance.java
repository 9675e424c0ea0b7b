package io.quorate.registry.controller;

import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the partitions whose leaders are to move back to the first replicas (registry spec 7.3). */
final class LeaderBalance {
    private static final int PERCENT = 100;

    private LeaderBalance() {}

    /** The partitions that others lead, of those brokers for which that is true of more than this share. */
    static List<TopicPartition> misplaced(ClusterImage image, int percentMax) {
        Map<Integer, Integer> owned = new TreeMap<>();
        Map<Integer, List<TopicPartition>> lost = new TreeMap<>();
        for (TopicImage topic : image.topics().values()) {
            for (TopicPartition partition : topic.partitions()) {
                StoredState stored = topic.state(partition.partition());
                List<Integer> replicas = topic.assignment().replicas(partition.partition());
                if (stored == null || replicas.isEmpty()) {
                    continue;
                }
                owned.merge(replicas.get(0), 1, Integer::sum);
                if (stored.state().leader() != replicas.get(0)) {
                    lost.computeIfAbsent(replicas.get(0), any -> new ArrayList<>())
                            .add(partition);
                }
            }
        }
        List<TopicPartition> misplaced = new ArrayList<>();
        lost.forEach((broker, partitions) -> {
            if ((long) partitions.size() * PERCENT > (long) owned.get(broker) * percentMax) {
                misplaced.addAll(partitions);
            }
        });
        return misplaced;
    }
}
