package io.quorate.bench;

import io.quorate.groups.assignor.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The size of a group under measurement.
 *
 * @param members how many there are
 * @param partitions of all topics together; at least one for each member and topic
 * @param topics all members want all of them
 * @param victims how many members are killed together
 * @param isCompat whether the group works by the protocol of old consumers
 */
record GroupPlan(int members, int partitions, int topics, int victims, boolean isCompat) {

    GroupPlan {
        if (members < 4 || topics < 1 || partitions < Math.max(members, topics) || victims < 1) {
            throw new IllegalArgumentException(
                    "at least 4 members, and a partition for each member and topic: " + members + ", " + partitions);
        }
    }

    /** Partitions of each topic. */
    SortedMap<String, Integer> topicSizes() {
        SortedMap<String, Integer> sizes = new TreeMap<>();
        for (int t = 0; t < topics; t++) {
            sizes.put(
                    String.format(Locale.ROOT, "topic-%03d", t),
                    partitions / topics + (t < partitions % topics ? 1 : 0));
        }
        return sizes;
    }

    List<TopicPartition> all() {
        List<TopicPartition> all = new ArrayList<>();
        topicSizes().forEach((topic, count) -> {
            for (int p = 0; p < count; p++) {
                all.add(new TopicPartition(topic, p));
            }
        });
        return all;
    }

    /** How many times more partitions a member has than in the group that the targets are for; 1 if it has fewer. */
    double weight() {
        return Math.max(1, (double) partitions / members / 10);
    }

    /** The heading of its table. */
    String title() {
        return String.format(
                Locale.ROOT,
                "%,d members, %,d partitions of %d topics, %s",
                members,
                partitions,
                topics,
                isCompat ? "the protocol of old consumers" : "native");
    }
}
