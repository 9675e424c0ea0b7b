package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.Table;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.MemberFacts;
import io.quorate.groups.read.PartitionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ways in which {@code groups describe} shows a group; columns and widths are those of Kafka's tool. Pure. */
enum GroupView {
    OFFSETS {
        @Override
        Table table(GroupFacts group, boolean verbose, long nowMillis) {
            return verbose ? offsetsAndTargets(group, nowMillis) : offsets(group);
        }
    },
    MEMBERS {
        @Override
        Table table(GroupFacts group, boolean verbose, long nowMillis) {
            return members(group, verbose);
        }
    },
    STATE {
        @Override
        Table table(GroupFacts group, boolean verbose, long nowMillis) {
            return Table.ofKafka(
                            List.of(25, 25, 20, 15, 0),
                            "GROUP",
                            "COORDINATOR (ID)",
                            "ASSIGNMENT-STRATEGY",
                            "STATE",
                            "#MEMBERS")
                    .row(
                            group.group(),
                            GroupTexts.orNull(group.generation().leader()),
                            GroupTexts.orNull(group.generation().strategy()),
                            group.state().text(),
                            group.members().size());
        }
    },
    GENERATIONS {
        @Override
        Table table(GroupFacts group, boolean verbose, long nowMillis) {
            return new Table("GROUP", "GENERATION", "LEADER", "STRATEGY", "MEMBERS", "PARTITIONS")
                    .row(
                            group.group(),
                            group.generation().generation(),
                            GroupTexts.orNull(group.generation().leader()),
                            GroupTexts.orNull(group.generation().strategy()),
                            group.generation().members(),
                            group.generation().partitions());
        }
    };

    private static final int MIN = 15;
    private static final int MIN_INSTANCE = 17;

    /** The table of a group that exists. */
    abstract Table table(GroupFacts group, boolean verbose, long nowMillis);

    private static Table offsets(GroupFacts group) {
        Table table = Table.ofKafka(
                List.of(MIN, MIN, 10, MIN, MIN, MIN, MIN, MIN, 0),
                "GROUP",
                "TOPIC",
                "PARTITION",
                "CURRENT-OFFSET",
                "LOG-END-OFFSET",
                "LAG",
                "CONSUMER-ID",
                "HOST",
                "CLIENT-ID");
        Map<String, MemberFacts> members = byId(group);
        for (PartitionFacts each : group.partitions()) {
            MemberFacts owner = each.owner() == null ? null : members.get(each.owner());
            table.row(
                    group.group(),
                    each.partition().topic(),
                    each.partition().partition(),
                    GroupTexts.orNull(each.committed()),
                    GroupTexts.orNull(each.logEnd()),
                    GroupTexts.orNull(each.lag()),
                    each.owner(),
                    GroupTexts.host(owner),
                    owner == null ? null : owner.origin().client());
        }
        return table;
    }

    private static Table offsetsAndTargets(GroupFacts group, long nowMillis) {
        Table table = new Table(
                "TOPIC",
                "PARTITION",
                "CURRENT-OFFSET",
                "LOG-END-OFFSET",
                "LAG",
                "COMMIT-AGE",
                "CONSUMER-ID",
                "TARGET",
                "MISPLACED",
                "INSTANCE-ID",
                "RACK");
        Map<String, MemberFacts> members = byId(group);
        for (PartitionFacts each : group.partitions()) {
            MemberFacts owner = each.owner() == null ? null : members.get(each.owner());
            boolean hasTarget = each.targetMember() != null;
            table.row(
                    each.partition().topic(),
                    each.partition().partition(),
                    GroupTexts.orNull(each.committed()),
                    GroupTexts.orNull(each.logEnd()),
                    GroupTexts.orNull(each.lag()),
                    each.committed().isPresent() ? (nowMillis - each.committedMillis()) / 1000 + "s" : null,
                    each.ownerThread(),
                    each.targetMember(),
                    hasTarget && each.isMisplaced() ? "yes" : null,
                    owner == null ? null : owner.origin().instance(),
                    owner == null ? null : owner.origin().rack());
        }
        return table;
    }

    private static Map<String, MemberFacts> byId(GroupFacts group) {
        return group.members().stream().collect(Collectors.toMap(MemberFacts::id, Function.identity()));
    }

    /** Instance ids have a column if some member has one; assignments have one on request. */
    private static Table members(GroupFacts group, boolean withAssignment) {
        boolean withInstance =
                group.members().stream().anyMatch(each -> each.origin().instance() != null);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("GROUP", MIN, each -> group.group()));
        columns.add(new Column("CONSUMER-ID", MIN, MemberFacts::id));
        if (withInstance) {
            columns.add(new Column(
                    "GROUP-INSTANCE-ID", MIN_INSTANCE, each -> each.origin().instance()));
        }
        columns.add(new Column("HOST", MIN, GroupTexts::host));
        columns.add(new Column("CLIENT-ID", MIN, each -> each.origin().client()));
        columns.add(new Column("#PARTITIONS", MIN, each -> each.owned().size()));
        if (withAssignment) {
            columns.add(new Column(
                    "ASSIGNMENT", 0, each -> each.owned().isEmpty() ? null : GroupTexts.assignment(each.owned())));
        }
        Table table = Table.ofKafka(
                columns.stream().map(Column::width).toList(),
                columns.stream().map(Column::head).toArray(String[]::new));
        for (MemberFacts each : group.members()) {
            table.row(columns.stream().map(column -> column.value().apply(each)).toArray());
        }
        return table;
    }

    /** What a column shows of each member, and how wide it is at least. */
    private record Column(String head, int width, Function<MemberFacts, Object> value) {}
}
