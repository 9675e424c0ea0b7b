package io.quorate.coordinator.cli.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.wire.proto.Stat;
import java.util.List;
import java.util.stream.Stream;

/** Answer to {@code tree get}; in JSON always with the Stat. */
record NodeValue(String path, byte[] data, Stat stat, List<String> shown, boolean withStat) implements Answer {

    @Override
    public Stream<String> text() {
        return Stream.concat(shown.stream(), withStat ? StatText.lines(stat) : Stream.empty());
    }

    @Override
    public void json(ObjectNode object) {
        object.put("path", path);
        DataText.json(object, data);
        StatText.json(object, stat);
    }
}
