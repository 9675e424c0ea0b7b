package io.quorate.coordinator.cli.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.wire.proto.Stat;
import java.util.stream.Stream;

/**
 * Answer about one node: what was done with it, if anything, and what it is now.
 *
 * @param doneOrNull a sentence for people
 * @param withStat whether people see the Stat; programs always do
 */
record NodeState(String path, String doneOrNull, Stat stat, boolean withStat) implements Answer {

    @Override
    public Stream<String> text() {
        return Stream.concat(Stream.ofNullable(doneOrNull), withStat ? StatText.lines(stat) : Stream.empty());
    }

    @Override
    public void json(ObjectNode object) {
        object.put("path", path);
        StatText.json(object, stat);
    }
}
