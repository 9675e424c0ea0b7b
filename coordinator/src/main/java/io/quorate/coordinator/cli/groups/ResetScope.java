package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.brokers.TopicBatches;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.PartitionFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Which partitions' offsets are moved. */
final class ResetScope {

    @Option(
            names = "--topic",
            paramLabel = "TOPIC[:P,...]",
            description = "Partitions of a topic, all of them or those named: orders, or orders:0,1. May be repeated.")
    private List<String> topics = new ArrayList<>();

    @Option(names = "--all-topics", description = "All partitions for which the group has offsets.")
    private boolean allTopics;

    boolean isGiven() {
        return allTopics || !topics.isEmpty();
    }

    SortedSet<TopicPartition> partitions(Link link, GroupFacts group) throws AdminException {
        SortedSet<TopicPartition> partitions = new TreeSet<>();
        if (allTopics) {
            group.partitions().stream()
                    .filter(each -> each.committed().isPresent())
                    .map(PartitionFacts::partition)
                    .forEach(partitions::add);
        }
        for (String topic : topics) {
            int colon = topic.indexOf(':');
            if (colon < 0) {
                partitions.addAll(all(link, topic));
            } else {
                partitions.addAll(existing(link, named(topic.substring(0, colon), topic.substring(colon + 1))));
            }
        }
        return partitions;
    }

    private static SortedSet<TopicPartition> all(Link link, String topic) throws AdminException {
        SortedSet<TopicPartition> all = new TreeSet<>();
        TopicBatches.one(link, topic)
                .partitions()
                .forEach(each -> all.add(new TopicPartition(topic, each.id().partition())));
        return all;
    }

    /** These, in order; that one of them does not exist is a failure, for offsets of it would be of no use. */
    static SortedSet<TopicPartition> existing(Link link, Collection<TopicPartition> partitions) throws AdminException {
        Map<String, SortedSet<TopicPartition>> topics = new HashMap<>();
        for (TopicPartition each : partitions) {
            if (!topics.containsKey(each.topic())) {
                topics.put(each.topic(), all(link, each.topic()));
            }
            if (!topics.get(each.topic()).contains(each)) {
                throw new AdminException(
                        AdminExit.NOT_FOUND,
                        "topic " + each.topic() + " has no partition " + each.partition() + ", it has "
                                + topics.get(each.topic()).size());
            }
        }
        return new TreeSet<>(partitions);
    }

    private static List<TopicPartition> named(String topic, String numbers) throws AdminException {
        List<TopicPartition> named = new ArrayList<>();
        for (String number : numbers.split(",", -1)) {
            if (!number.matches("\\d{1,9}")) {
                throw new AdminException(
                        AdminExit.FAILED, "--topic " + topic + ":" + numbers + ": '" + number + "' is no partition");
            }
            named.add(new TopicPartition(topic, Integer.parseInt(number)));
        }
        return named;
    }
}
