package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Answer to {@code topics list}: one name per line, as Kafka prints it. */
record TopicNameList(List<String> names, Set<String> deletions) implements Answer {

    @Override
    public Stream<String> text() {
        return names.stream().map(name -> deletions.contains(name) ? name + " - marked for deletion" : name);
    }

    @Override
    public void json(ObjectNode object) {
        Json.objects(object, "topics", names, (name, topic) -> topic.put("name", name)
                .put("marked_for_deletion", deletions.contains(name)));
    }
}
