package io.quorate.groups.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.groups.assignor.TopicPartition;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one member should own (consumer-groups D2). Immutable.
 *
 * @param generation in which it was decided
 * @param member the id it is meant for
 * @param assign the partitions, in order
 */
public record Target(int generation, String member, SortedSet<TopicPartition> assign) {

    public Target {
        assign = Collections.unmodifiableSortedSet(new TreeSet<>(assign));
    }

    /** The target of these partitions, in any order. */
    public static Target of(int generation, String member, Collection<TopicPartition> assign) {
        return new Target(generation, member, new TreeSet<>(assign));
    }

    /** The JSON of it. */
    public byte[] bytes() {
        ObjectNode node = Json.object();
        node.put("version", 1);
        node.put("generation", generation);
        node.put("member", member);
        ObjectNode topics = node.putObject("assign");
        for (TopicPartition each : assign) {
            topics.withArray(each.topic()).add(each.partition());
        }
        return Json.bytes(node);
    }

    /** Reads a body; empty if it is none of these. */
    public static Optional<Target> read(byte[] body) {
        return Json.read(body)
                .filter(node -> node.path("version").asInt() == 1)
                .filter(node -> Json.text(node, "member") != null)
                .map(node -> new Target(
                        node.path("generation").asInt(), Json.text(node, "member"), partitions(node.path("assign"))));
    }

    private static SortedSet<TopicPartition> partitions(JsonNode topics) {
        SortedSet<TopicPartition> found = new TreeSet<>();
        for (Map.Entry<String, JsonNode> topic : topics.properties()) {
            if (topic.getValue() instanceof ArrayNode numbers) {
                numbers.forEach(number -> found.add(new TopicPartition(topic.getKey(), number.asInt())));
            }
        }
        return found;
    }
}
