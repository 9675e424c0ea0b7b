package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import java.util.stream.Stream;

/**
 * Answer to {@code topics create} and {@code topics delete}.
 *
 * @param done a sentence for people
 * @param changed whether something was done
 */
record TopicChange(String name, String done, boolean changed) implements Answer {

    @Override
    public Stream<String> text() {
        return Stream.of(done);
    }

    @Override
    public void json(ObjectNode object) {
        object.put("topic", name).put("changed", changed).put("message", done);
    }
}
