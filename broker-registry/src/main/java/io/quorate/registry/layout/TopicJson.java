package io.quorate.registry.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.registry.model.TopicAssignment;

/** The body of a topic's node: versions 1 to 3 and later ones are read, 3 is written (registry spec 1.2). */
public final class TopicJson {
    private static final int VERSION = 3;

    private TopicJson() {}

    /** Encodes a body. */
    public static byte[] encode(TopicAssignment assignment) {
        ObjectNode body = Json.object(VERSION);
        if (assignment.topicId() != null) {
            body.put("topic_id", assignment.topicId());
        }
        Json.put(body, "partitions", assignment.replicas());
        Json.put(body, "adding_replicas", assignment.adding());
        Json.put(body, "removing_replicas", assignment.removing());
        return Json.bytes(body);
    }

    /**
     * Decodes a body.
     *
     * @throws MalformedBodyException if it is none
     */
    public static TopicAssignment decode(byte[] data) {
        JsonNode body = Json.parse(data);
        Json.version(body);
        return new TopicAssignment(
                Json.assignment(body, "partitions"),
                Json.assignment(body, "adding_replicas"),
                Json.assignment(body, "removing_replicas"),
                Json.textOrNull(body, "topic_id"));
    }
}
