package io.quorate.registry.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.registry.model.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bodies of what an administrator asks for (registry spec 1.5), and lists of partitions wherever else they are (1.7). */
public final class AdminJson {
    private static final int VERSION = 1;
    private static final String PARTITIONS = "partitions";

    private AdminJson() {}

    /** Encodes where partitions are to move. */
    public static byte[] encodeReassignments(SortedMap<TopicPartition, List<Integer>> targets) {
        ObjectNode body = Json.object(VERSION);
        ArrayNode entries = body.putArray(PARTITIONS);
        targets.forEach((partition, replicas) -> Json.put(add(entries, partition), "replicas", replicas));
        return Json.bytes(body);
    }

    /**
     * Decodes where partitions are to move; of two entries for one partition the last counts.
     *
     * @throws MalformedBodyException if it is no such body
     */
    public static SortedMap<TopicPartition, List<Integer>> decodeReassignments(byte[] data) {
        SortedMap<TopicPartition, List<Integer>> targets = new TreeMap<>();
        for (JsonNode entry : Json.parse(data).path(PARTITIONS)) {
            targets.put(partition(entry), Json.integers(entry.path("replicas")));
        }
        return targets;
    }

    /** Encodes a list of partitions: a preferred election, or a notice about changed in-sync replicas. */
    public static byte[] encodePartitions(Collection<TopicPartition> partitions) {
        ObjectNode body = Json.object(VERSION);
        ArrayNode entries = body.putArray(PARTITIONS);
        partitions.forEach(partition -> add(entries, partition));
        return Json.bytes(body);
    }

    /**
     * Decodes a list of partitions.
     *
     * @throws MalformedBodyException if it is no such body
     */
    public static SortedSet<TopicPartition> decodePartitions(byte[] data) {
        SortedSet<TopicPartition> partitions = new TreeSet<>();
        for (JsonNode entry : Json.parse(data).path(PARTITIONS)) {
            partitions.add(partition(entry));
        }
        return partitions;
    }

    private static ObjectNode add(ArrayNode entries, TopicPartition partition) {
        return entries.addObject().put("topic", partition.topic()).put("partition", partition.partition());
    }

    private static TopicPartition partition(JsonNode entry) {
        return new TopicPartition(Json.text(entry, "topic"), Json.integer(entry, "partition"));
    }
}
