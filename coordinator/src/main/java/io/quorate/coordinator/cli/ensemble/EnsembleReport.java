package io.quorate.coordinator.cli.ensemble;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answer to {@code quorate ensemble}: one report for each member that is known. Pure. */
record EnsembleReport(List<MemberReport> members) implements Answer {

    @Override
    public Stream<String> text() {
        Table table = new Table(
                "ID", "SERVER", "MODE", "ZXID", "CONNECTIONS", "OUTSTANDING", "LATENCY-MS", "NODES", "VERSION");
        members.forEach(member -> member.row(table));
        return Stream.of(
                        table.lines(),
                        members.stream()
                                .filter(member -> member.problemOrNull() != null)
                                .map(member -> member.address() + ": " + member.problemOrNull()),
                        Stream.of(verdict()))
                .flatMap(lines -> lines);
    }

    private String verdict() {
        String count = serving() + " of " + members.size() + (serving() == 1 ? " serves" : " serve");
        if (leaders() > 1) {
            return count + ", and " + leaders() + " of them say that they lead";
        }
        if (leader().isPresent()) {
            return count + ", led by " + leader().get().address();
        }
        return count + (isStandalone() ? ", on its own" : ", without a leader");
    }

    private Optional<MemberReport> leader() {
        return members.stream().filter(member -> member.hasMode("leader")).findFirst();
    }

    private long leaders() {
        return members.stream().filter(member -> member.hasMode("leader")).count();
    }

    private boolean isStandalone() {
        return members.size() == 1 && members.get(0).hasMode("standalone");
    }

    private long serving() {
        return members.stream().filter(MemberReport::serves).count();
    }

    /** What every member that answers had come to. */
    long lowestZxid() {
        return members.stream()
                .filter(MemberReport::answers)
                .mapToLong(member -> member.summaryOrNull().zxid())
                .min()
                .orElse(0);
    }

    @Override
    public void json(ObjectNode object) {
        Json.objects(object, "servers", members, MemberReport::json);
        object.put("serving", serving());
        object.put("leader", leader().map(member -> member.address().toString()).orElse(null));
    }

    @Override
    public AdminExit exit() {
        if (members.stream().noneMatch(MemberReport::answers)) {
            return AdminExit.CONNECTION;
        }
        boolean complete = serving() == members.size() && (leaders() == 1 || isStandalone());
        return complete ? AdminExit.OK : AdminExit.UNHEALTHY;
    }
}
