package io.quorate.groups.assignor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Looks for what must not be there: a chain of members along which handing on one partition each would level two loads. */
final class Chains {
    private Chains() {}

    static boolean exists(GroupView group, Assignment given) {
        for (GroupView.Member from : group.members()) {
            Set<String> reached = reach(group, given, from.id());
            int load = given.of(from.id()).size();
            if (reached.stream().anyMatch(to -> load >= given.of(to).size() + 2)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one member has two more than another that may own one of its partitions. */
    static boolean existsOfTwo(GroupView group, Assignment given) {
        for (GroupView.Member from : group.members()) {
            for (GroupView.Member to : group.members()) {
                boolean gives = given.of(from.id()).stream()
                        .anyMatch(each -> to.topics().contains(each.topic()));
                if (gives && given.of(from.id()).size() >= given.of(to.id()).size() + 2) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<String> reach(GroupView group, Assignment given, String from) {
        Set<String> seen = new HashSet<>(Set.of(from));
        Deque<String> waiting = new ArrayDeque<>(seen);
        while (!waiting.isEmpty()) {
            for (TopicPartition each : given.of(waiting.remove())) {
                for (GroupView.Member to : group.members()) {
                    if (to.topics().contains(each.topic()) && seen.add(to.id())) {
                        waiting.add(to.id());
                    }
                }
            }
        }
        return seen;
    }
}
