package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import java.util.List;
import java.util.stream.Stream;

/** Answer to {@code topics describe}. */
record TopicDetailsList(List<TopicDetails> topics, boolean topicLines, boolean partitionLines) implements Answer {

    @Override
    public Stream<String> text() {
        return topics.stream()
                .flatMap(topic -> Stream.concat(
                        topicLines ? Stream.of(topic.line()) : Stream.empty(),
                        partitionLines ? topic.partitions().stream().map(topic::line) : Stream.empty()));
    }

    @Override
    public void json(ObjectNode object) {
        Json.objects(object, "topics", topics, TopicDetails::json);
    }
}
