package io.quorate.coordinator.cli.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import java.util.List;
import java.util.stream.Stream;

/** Answer to {@code tree ls -R}: all paths from the node on, parents first. */
record SubTreeListing(String path, List<String> paths) implements Answer {

    @Override
    public Stream<String> text() {
        return paths.stream();
    }

    @Override
    public void json(ObjectNode object) {
        object.put("path", path);
        Json.strings(object, "paths", paths);
    }
}
