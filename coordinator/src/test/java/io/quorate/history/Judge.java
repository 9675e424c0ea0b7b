package io.quorate.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says what is wrong with a history. The servers tell the zxid of every write and the zxid that every read saw, and so an
 * order of all that happened; the rules here are that this order agrees with the clients' clocks ({@link OrderRule}), with
 * every session's own order ({@link SessionRule}), with what each node can have been like ({@link NodeRule}), and with
 * the lives of sessions ({@link EphemeralRule}). Together they say that writes are linearizable, reads sequential per session
 * and fresh behind a sync, and nothing acknowledged lost.
 */
public final class Judge {

    private Judge() {}

    /**
     * All that is wrong; empty if nothing is.
     *
     * @param tickNanos how much earlier than its timeout a session may end, as servers count in ticks
     */
    public static List<String> judge(List<SessionHistory> sessions, long tickNanos) {
        List<Operation> all = sessions.stream()
                .flatMap(session -> session.operations().stream())
                .toList();
        List<String> wrong = new ArrayList<>();
        sessions.forEach(session -> SessionRule.check(session, tickNanos, wrong));
        OrderRule.check(all, wrong);
        Map<String, List<Operation>> byPath = all.stream()
                .filter(operation ->
                        operation.kind().isWrite() || operation.kind().isRead())
                .collect(Collectors.groupingBy(Operation::path, TreeMap::new, Collectors.toList()));
        byPath.forEach((path, operations) -> {
            boolean ephemeral = operations.stream().anyMatch(operation -> operation.kind() == Kind.CREATE_EPHEMERAL);
            if (ephemeral) {
                EphemeralRule.check(operations, sessions, wrong);
            } else {
                new NodeRule(operations, wrong).check();
            }
        });
        return wrong;
    }
}
