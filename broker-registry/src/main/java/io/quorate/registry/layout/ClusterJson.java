package io.quorate.registry.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bodies of which there is one in a cluster (registry spec 1.7 and 1.8). */
public final class ClusterJson {
    private static final int FEATURE_VERSION = 2;

    /** What a failed directory is announced as. */
    private static final int DIRECTORY_FAILED = 1;

    /**
     * Ids that one broker gives to producers.
     *
     * @param broker who has claimed them
     * @param first of them
     * @param last of them
     */
    public record ProducerIds(int broker, long first, long last) {
        /** How many ids are claimed at a time. */
        public static final long COUNT = 1_000;

        /** The block after this one, for a broker. */
        public ProducerIds next(int forBroker) {
            return new ProducerIds(forBroker, last + 1, last + COUNT);
        }

        /** The first block there is. */
        public static ProducerIds first(int forBroker) {
            return new ProducerIds(forBroker, 0, COUNT - 1);
        }
    }

    /**
     * The features of the cluster.
     *
     * @param isEnabled whether there are any
     * @param levels the highest level of each
     */
    public record Features(boolean isEnabled, SortedMap<String, Integer> levels) {}

    private ClusterJson() {}

    /** Encodes the cluster's id; the version is a text here, and nowhere else. */
    public static byte[] encodeId(String id) {
        ObjectNode body = Json.object(1);
        return Json.bytes(body.put("version", "1").put("id", id));
    }

    /** Decodes the cluster's id. */
    public static String decodeId(byte[] data) {
        return Json.text(Json.parse(data), "id");
    }

    /** Encodes a block of producer ids. */
    public static byte[] encodeProducerIds(ProducerIds block) {
        ObjectNode body = Json.object(1).put("broker", block.broker());
        body.put("block_start", Long.toString(block.first()));
        return Json.bytes(body.put("block_end", Long.toString(block.last())));
    }

    /**
     * Decodes a block of producer ids; null if none was claimed yet.
     *
     * @throws MalformedBodyException if it is none: whoever took it for the first would give ids twice
     */
    public static ProducerIds decodeProducerIds(byte[] data) {
        if (data == null || data.length == 0) {
            return null;
        }
        JsonNode body = Json.parse(data);
        return new ProducerIds(
                Json.integer(body, "broker"), Json.number(body, "block_start"), Json.number(body, "block_end"));
    }

    /** Encodes the cluster's features. */
    public static byte[] encodeFeatures(Features features) {
        ObjectNode body = Json.object(FEATURE_VERSION).put("status", features.isEnabled() ? 1 : 0);
        ObjectNode levels = body.putObject("features");
        features.levels().forEach(levels::put);
        return Json.bytes(body);
    }

    /** Decodes the cluster's features, of version 1 or 2. */
    public static Features decodeFeatures(byte[] data) {
        JsonNode body = Json.parse(data);
        Json.version(body, FEATURE_VERSION);
        SortedMap<String, Integer> levels = new TreeMap<>();
        Json.forEach(
                body,
                "features",
                (name, level) -> levels.put(
                        name, level.isObject() ? Json.integer(level, "max_version_level") : level.intValue()));
        return new Features(Json.integer(body, "status") == 1, levels);
    }

    /** Encodes the notice that a broker has lost a directory. */
    public static byte[] encodeLogDirEvent(int broker) {
        return Json.bytes(Json.object(1).put("broker", broker).put("event", DIRECTORY_FAILED));
    }

    /** Decodes which broker has lost a directory. */
    public static int decodeLogDirEvent(byte[] data) {
        return Json.integer(Json.parse(data), "broker");
    }
}
