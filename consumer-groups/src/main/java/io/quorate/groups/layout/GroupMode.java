package io.quorate.groups.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;

/** Owns the two ways in which a group works (consumer-groups D1), and the body that says which. */
public enum GroupMode {
    /** Every member computes the old protocol's assignment; old consumers may be among them. */
    COMPAT,
    /** An elected leader gives each member its target. */
    NATIVE;

    /** As it stands in the body. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The body of the group's {@code quorate} node. */
    public byte[] bytes() {
        ObjectNode node = Json.object();
        node.put("version", 1);
        node.put("mode", text());
        return Json.bytes(node);
    }

    /** Reads that body; empty if the version is a later one or the mode is not known. */
    public static Optional<GroupMode> read(byte[] body) {
        return Json.read(body)
                .filter(node -> node.path("version").asInt() == 1)
                .map(node -> Json.text(node, "mode"))
                .flatMap(GroupMode::of);
    }

    private static Optional<GroupMode> of(String text) {
        for (GroupMode mode : values()) {
            if (mode.text().equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
