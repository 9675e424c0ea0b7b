package io.quorate.groups.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What the leader last decided, for operators (consumer-groups D2).
 *
 * @param generation counts decisions
 * @param leader member id of who decided
 * @param members how many there were
 * @param partitions how many were assigned
 * @param strategy name of the assignor
 */
public record Generation(int generation, String leader, int members, int partitions, String strategy) {

    /** Before the first decision. */
    public static final Generation NONE = new Generation(0, "", 0, 0, "");

    /** The JSON of it. */
    public byte[] bytes() {
        ObjectNode node = Json.object();
        node.put("version", 1);
        node.put("generation", generation);
        node.put("leader", leader);
        node.put("members", members);
        node.put("partitions", partitions);
        node.put("strategy", strategy);
        node.put("state", "stable");
        return Json.bytes(node);
    }

    /** Reads a body; empty if it is none of these. */
    public static Optional<Generation> read(byte[] body) {
        return Json.read(body)
                .filter(node -> node.path("version").asInt() == 1)
                .map(node -> new Generation(
                        node.path("generation").asInt(),
                        node.path("leader").asText(),
                        node.path("members").asInt(),
                        node.path("partitions").asInt(),
                        node.path("strategy").asText()));
    }
}
