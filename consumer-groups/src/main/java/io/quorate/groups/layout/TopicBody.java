package io.quorate.groups.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a group needs of a topic's node: its partitions and where their replicas are (broker-registry 1.2). Immutable.
 *
 * @param replicas partition to the ids of its brokers
 */
public record TopicBody(SortedMap<Integer, List<Integer>> replicas) {

    public TopicBody {
        replicas = Collections.unmodifiableSortedMap(replicas);
    }

    /** Reads a body; empty if it is not an object. Partition keys come in any order. */
    public static Optional<TopicBody> read(byte[] body) {
        return Json.read(body).map(TopicBody::of);
    }

    private static TopicBody of(ObjectNode node) {
        SortedMap<Integer, List<Integer>> replicas = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : node.path("partitions").properties()) {
            try {
                List<Integer> brokers = new ArrayList<>();
                each.getValue().forEach(id -> brokers.add(id.asInt()));
                replicas.put(Integer.valueOf(each.getKey()), List.copyOf(brokers));
            } catch (NumberFormatException e) {
                // Not a partition; fields may be added to bodies.
                continue;
            }
        }
        return new TopicBody(replicas);
    }

    /** The rack in a broker's registration, null if it has none (broker-registry 1.1). */
    public static String rackOfBroker(byte[] body) {
        return Json.read(body).map(node -> Json.text(node, "rack")).orElse(null);
    }
}
