package io.quorate.coordinator.cli.groups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.MemberFacts;
import io.quorate.groups.read.PartitionFacts;
import java.util.stream.Stream;

/**
 * Answer to {@code groups describe}; in JSON always everything.
 *
 * @param nowMillis since 1970, for the ages of commits
 */
record GroupDetails(GroupFacts group, GroupView view, boolean verbose, long nowMillis) implements Answer {

    @Override
    public Stream<String> notices() {
        String notice = GroupTexts.notice(group);
        return notice == null ? Stream.empty() : Stream.of("", notice);
    }

    @Override
    public Stream<String> text() {
        return Stream.concat(
                Stream.of(""), view.table(group, verbose, nowMillis).lines());
    }

    @Override
    public void json(ObjectNode object) {
        GroupList.json(group, object);
        object.put("leader", GroupTexts.orNull(group.generation().leader()))
                .put("strategy", GroupTexts.orNull(group.generation().strategy()));
        Json.objects(object, "members", group.members(), GroupDetails::json);
        Json.objects(object, "partitions", group.partitions(), this::json);
    }

    private static void json(MemberFacts member, ObjectNode object) {
        object.put("consumer_id", member.id())
                .put("instance_id", member.origin().instance())
                .put("host", member.origin().host())
                .put("client_id", member.origin().client())
                .put("rack", member.origin().rack())
                .put("old_consumer", !member.isQuorate())
                .put("session", Json.hex(member.session()))
                .put("registered_ms", member.registeredMillis());
        GroupTexts.assignment(object, "owned", member.owned());
        GroupTexts.assignment(object, "target", member.target());
    }

    private void json(PartitionFacts partition, ObjectNode object) {
        object.put("topic", partition.partition().topic())
                .put("partition", partition.partition().partition());
        GroupTexts.number(object, "current_offset", partition.committed());
        GroupTexts.number(object, "log_end_offset", partition.logEnd());
        GroupTexts.number(object, "lag", partition.lag());
        object.put("committed_ms", partition.committed().isPresent() ? partition.committedMillis() : null)
                .put("owner", partition.owner())
                .put("thread", partition.ownerThread())
                .put("target", partition.targetMember())
                .put("misplaced", partition.targetMember() != null && partition.isMisplaced());
    }
}
