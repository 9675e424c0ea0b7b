package io.quorate.coordinator.cli.groups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.MemberFacts;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Small values of groups as operators read them. Pure. */
final class GroupTexts {

    private GroupTexts() {}

    /** The number, or null, which prints as a dash. */
    static Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** The text, or null if it is empty, which prints as a dash. */
    static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** {@code orders(0,5,9), pay(1)}. */
    static String assignment(Collection<TopicPartition> partitions) {
        SortedMap<String, List<Integer>> byTopic = new TreeMap<>(partitions.stream()
                .collect(Collectors.groupingBy(
                        TopicPartition::topic, Collectors.mapping(TopicPartition::partition, Collectors.toList()))));
        return byTopic.entrySet().stream()
                .map(each -> each.getKey() + "("
                        + each.getValue().stream().sorted().map(String::valueOf).collect(Collectors.joining(",")) + ")")
                .collect(Collectors.joining(", "));
    }

    /** The same for programs, under the given key. */
    static void assignment(ObjectNode object, String key, Collection<TopicPartition> partitions) {
        ObjectNode topics = object.putObject(key);
        for (TopicPartition each : partitions) {
            if (!topics.has(each.topic())) {
                topics.putArray(each.topic());
            }
            topics.withArray(each.topic()).add(each.partition());
        }
    }

    /** Puts a number, or null. */
    static void number(ObjectNode object, String key, OptionalLong number) {
        if (number.isPresent()) {
            Json.number(object, key, number.getAsLong());
        } else {
            object.putNull(key);
        }
    }

    /** Where a member is, as Kafka prints it; null if it does not say. */
    static String host(MemberFacts member) {
        return member == null || member.origin().host() == null
                ? null
                : "/" + member.origin().host();
    }

    /** Refuses what cannot be the name of a group; nothing else may be looked up. */
    static void requireName(String group) throws AdminException {
        if (!GroupPaths.isName(group)) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "'" + group + "' is no name for a group: names have letters, digits, '.', '_' and '-'");
        }
    }

    static AdminException missing(String group) {
        return new AdminException(
                AdminExit.NOT_FOUND,
                "Consumer group '" + group + "' does not exist; see which there are: quorate groups list");
    }

    /** What Kafka's tool says about the state before anything else; null if nothing. */
    static String notice(GroupFacts group) {
        return switch (group.state()) {
            case EMPTY -> "Consumer group '" + group.group() + "' has no active members.";
            case PREPARING_REBALANCE -> "Warning: Consumer group '" + group.group() + "' is rebalancing.";
            case DEAD -> "Error: Consumer group '" + group.group() + "' does not exist.";
            case STABLE -> null;
        };
    }
}
