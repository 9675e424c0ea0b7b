package io.quorate.coordinator.cli.groups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.Table;
import io.quorate.groups.read.OffsetChange;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answer to {@code groups reset-offsets}, in the columns of Kafka's tool, or as lines for {@code --from-file}.
 *
 * @param executed whether the offsets were written
 */
record OffsetPlan(String group, List<OffsetChange> changes, boolean export, boolean executed) implements Answer {

    @Override
    public Stream<String> text() {
        if (export) {
            return changes.stream()
                    .map(each ->
                            each.partition().topic() + "," + each.partition().partition() + "," + each.to());
        }
        Table table = Table.ofKafka(List.of(30, 30, 10, 15), "GROUP", "TOPIC", "PARTITION", "NEW-OFFSET");
        changes.forEach(each ->
                table.row(group, each.partition().topic(), each.partition().partition(), each.to()));
        return Stream.concat(Stream.of(""), table.lines());
    }

    @Override
    public Stream<String> notices() {
        return executed || export ? Stream.empty() : Stream.of("Nothing is changed yet: repeat it with --execute.");
    }

    @Override
    public void json(ObjectNode object) {
        object.put("group", group).put("executed", executed);
        Json.objects(object, "offsets", changes, (change, each) -> {
            each.put("topic", change.partition().topic())
                    .put("partition", change.partition().partition());
            GroupTexts.number(each, "old_offset", change.from());
            Json.number(each, "new_offset", change.to());
        });
    }
}
