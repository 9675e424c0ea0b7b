package io.quorate.coordinator.cli.groups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.Table;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.read.GroupFacts;
import java.util.List;
import java.util.stream.Stream;

/** Answer to {@code groups list}. */
record GroupList(List<GroupFacts> groups) implements Answer {

    @Override
    public Stream<String> text() {
        Table table = new Table("GROUP", "MODE", "STATE", "MEMBERS", "TOPICS", "PARTITIONS", "LAG", "GENERATION");
        for (GroupFacts group : groups) {
            table.row(
                    group.group(),
                    group.mode().text(),
                    group.state().text(),
                    group.members().size(),
                    group.topics(),
                    group.partitions().size(),
                    GroupTexts.orNull(group.lag()),
                    hasGeneration(group) ? group.generation().generation() : null);
        }
        return table.lines();
    }

    private static boolean hasGeneration(GroupFacts group) {
        return group.mode() == GroupMode.NATIVE;
    }

    @Override
    public void json(ObjectNode object) {
        Json.objects(object, "groups", groups, GroupList::json);
    }

    /** What every answer about a group says of it. */
    static void json(GroupFacts group, ObjectNode object) {
        object.put("group", group.group())
                .put("mode", group.mode().text())
                .put("state", group.state().text())
                .put("member_count", group.members().size())
                .put("topic_count", group.topics())
                .put("partition_count", group.partitions().size());
        GroupTexts.number(object, "lag", group.lag());
        object.put("generation", hasGeneration(group) ? group.generation().generation() : null);
    }
}
