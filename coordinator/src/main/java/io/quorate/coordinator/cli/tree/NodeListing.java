package io.quorate.coordinator.cli.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.wire.proto.Stat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answer to {@code tree ls}.
 *
 * @param names of the children, sorted
 * @param statOrNull of the node, if it was asked for
 */
record NodeListing(String path, List<String> names, Stat statOrNull) implements Answer {

    @Override
    public Stream<String> text() {
        return Stream.concat(
                Stream.of(names.toString()), statOrNull == null ? Stream.empty() : StatText.lines(statOrNull));
    }

    @Override
    public void json(ObjectNode object) {
        object.put("path", path);
        Json.strings(object, "children", names);
        if (statOrNull != null) {
            StatText.json(object, statOrNull);
        }
    }
}
