package io.quorate.groups.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The body of a member's registration (consumer-groups A2 and D2). Old consumers read the first four fields, and reject every
 * number above 2^31 − 1, so the additions are texts and one small number.
 *
 * @param subscription what it wants
 * @param timestamp milliseconds since 1970, as text
 * @param isQuorate whether the member uses this library
 * @param origin who it says it is
 */
public record Registration(Subscription subscription, String timestamp, boolean isQuorate, Origin origin) {

    /**
     * What a member of this library adds; each may be null.
     *
     * @param instance its name across restarts
     * @param rack where it is
     * @param host its host name
     * @param client the name its operator gave it
     */
    public record Origin(String instance, String rack, String host, String client) {
        /** Nothing is known. */
        public static final Origin UNKNOWN = new Origin(null, null, null, null);
    }

    /** The JSON of it. */
    public byte[] bytes() {
        ObjectNode node = Json.object();
        node.put("version", 1);
        ObjectNode streams = node.putObject("subscription");
        subscription.streams().forEach(streams::put);
        node.put("pattern", subscription.pattern().text());
        node.put("timestamp", timestamp);
        if (isQuorate) {
            node.put("quorate", 1);
            putIfKnown(node, "instance", origin.instance());
            putIfKnown(node, "rack", origin.rack());
            putIfKnown(node, "host", origin.host());
            putIfKnown(node, "client", origin.client());
        }
        return Json.bytes(node);
    }

    private static void putIfKnown(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    /** Reads a body; empty if pattern or subscription are missing or make no sense. */
    public static Optional<Registration> read(byte[] body) {
        return Json.read(body).flatMap(Registration::of);
    }

    private static Optional<Registration> of(ObjectNode node) {
        Optional<SubscriptionPattern> pattern = SubscriptionPattern.of(Json.text(node, "pattern"));
        if (pattern.isEmpty() || !(node.get("subscription") instanceof ObjectNode streams)) {
            return Optional.empty();
        }
        try {
            Subscription subscription = new Subscription(pattern.get(), streams(streams));
            String timestamp = Json.text(node, "timestamp");
            return Optional.of(new Registration(
                    subscription, timestamp == null ? "" : timestamp, node.has("quorate"), origin(node)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SortedMap<String, Integer> streams(ObjectNode node) {
        SortedMap<String, Integer> streams = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            streams.put(each.getKey(), each.getValue().asInt());
        }
        return streams;
    }

    private static Origin origin(ObjectNode node) {
        return new Origin(
                Json.text(node, "instance"),
                Json.text(node, "rack"),
                Json.text(node, "host"),
                Json.text(node, "client"));
    }

    /** The consumer id in a thread id: what is before the last hyphen. */
    public static String memberOf(String threadId) {
        int hyphen = threadId.lastIndexOf('-');
        return hyphen < 0 ? threadId : threadId.substring(0, hyphen);
    }

    /** The member that an owner's node names; empty if its body, which anybody may have written, names none. */
    public static Optional<String> ownerIn(byte[] body) {
        if (body == null) {
            return Optional.empty();
        }
        return Optional.of(memberOf(new String(body, StandardCharsets.UTF_8))).filter(GroupPaths::isName);
    }

    /** The name of one of a member's threads. */
    public static String threadOf(String memberId, int index) {
        return memberId + "-" + index;
    }
}
