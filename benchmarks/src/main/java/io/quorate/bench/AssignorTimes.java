package io.quorate.bench;

import io.quorate.groups.assignor.Assignment;
import io.quorate.groups.assignor.Assignor;
import io.quorate.groups.assignor.Assignors;
import io.quorate.groups.assignor.GroupView;
import io.quorate.groups.assignor.GroupView.Member;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Measures what the sticky assignor takes when one more member joins: all want the same, or different topics. */
final class AssignorTimes {

    private static final int SUBSCRIPTIONS = 20;
    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 21;
    private static final double MILLI_NANOS = 1e6;

    private AssignorTimes() {}

    /** Adds both figures. */
    static void run(GroupPlan plan, Scorecard card) {
        List<String> topics = List.copyOf(plan.topicSizes().keySet());
        card.add(Goal.atMost("assignor, all want the same, CPU ms", 50, 10), null, millis(plan, member -> topics));
        card.add(
                Goal.atMost("assignor, " + SUBSCRIPTIONS + " different subscriptions, CPU ms", 500, 100),
                null,
                millis(plan, member -> half(topics, member % SUBSCRIPTIONS)));
    }

    /** Half of all topics, from one on. */
    private static List<String> half(List<String> topics, int from) {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < (topics.size() + 1) / 2; i++) {
            some.add(topics.get((from + i) % topics.size()));
        }
        return some;
    }

    /** The median CPU time of one decision. */
    private static double millis(GroupPlan plan, IntFunction<List<String>> wanted) {
        Assignor assignor = Assignors.named("sticky");
        Assignment before = assignor.assign(group(plan, plan.members() - 1, null, wanted));
        GroupView group = group(plan, plan.members(), before, wanted);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Assignment after = assignor.assign(group);
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            if (after.partitions() != before.partitions()) {
                throw new IllegalStateException(after.partitions() + " partitions assigned");
            }
            if (i >= WARM_UPS) {
                times.add(nanos / MILLI_NANOS);
            }
        }
        Collections.sort(times);
        return times.get(ROUNDS / 2);
    }

    private static GroupView group(GroupPlan plan, int members, Assignment before, IntFunction<List<String>> wanted) {
        List<Member> all = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            String id = "member-" + m;
            all.add(new Member(id, null, null, wanted.apply(m), before == null ? new TreeSet<>() : before.of(id), 1));
        }
        return new GroupView(all, GroupView.topicsOf(plan.topicSizes()));
    }
}
