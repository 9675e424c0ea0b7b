package io.quorate.groups.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The mark of a topic that is gone, as leaders leave it to each other (consumer-groups D8).
 *
 * @param sinceMillis when a leader noticed, in milliseconds since 1970; text in the body, like all large numbers
 */
public record GoneTopic(long sinceMillis) {

    /** The JSON of it. */
    public byte[] bytes() {
        ObjectNode node = Json.object();
        node.put("version", 1);
        node.put("since", Long.toString(sinceMillis));
        return Json.bytes(node);
    }

    /** Reads a body; empty if it is none of these. */
    public static Optional<GoneTopic> read(byte[] body) {
        return Json.read(body)
                .filter(node -> node.path("version").asInt() == 1)
                .map(node -> Json.text(node, "since"))
                .filter(since -> since.matches("[0-9]{1,18}"))
                .map(since -> new GoneTopic(Long.parseLong(since)));
    }
}
