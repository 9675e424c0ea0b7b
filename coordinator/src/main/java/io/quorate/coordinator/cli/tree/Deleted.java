package io.quorate.coordinator.cli.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import java.util.stream.Stream;

/** Answer to {@code tree delete}. */
record Deleted(String path, int nodes) implements Answer {

    @Override
    public Stream<String> text() {
        return Stream.of("Deleted " + path + (nodes == 1 ? "" : " and " + (nodes - 1) + " nodes below it"));
    }

    @Override
    public void json(ObjectNode object) {
        object.put("path", path).put("deleted", nodes);
    }
}
