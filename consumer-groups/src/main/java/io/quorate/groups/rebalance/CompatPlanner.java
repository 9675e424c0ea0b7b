package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.layout.Threads;
import io.quorate.groups.layout.TopicBody;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Compat mode: what this member should own is its part of what every member computes alike, old consumers included
 * (consumer-groups A5, A6 and D5).
 */
final class CompatPlanner implements Planner {
    private static final long GATHER_MILLIS = 20;
    private static final long RECHECK_MILLIS = 30_000;
    private static final long RETRY_MILLIS_MIN = 100;
    private static final long RETRY_MILLIS_MAX = 2_000;

    /** Old consumers wait four times two seconds for what they shall get. */
    private static final long REVOKE_MILLIS_MAX = 3_000;

    private final Context context;
    private final Survey survey;

    CompatPlanner(Context context, Survey survey) {
        this.context = context;
        this.survey = survey;
    }

    @Override
    public long gatherMillis() {
        return GATHER_MILLIS;
    }

    /** Doubles, and differs between members, so that those who wait for each other do not stay in step. */
    @Override
    public long retryMillis(int attempt) {
        long limit = Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS_MIN << Math.min(attempt, 5));
        return limit / 2 + context.random.nextLong(limit / 2 + 1);
    }

    @Override
    public int retriesMax() {
        return context.config.limits().rebalanceRetries();
    }

    @Override
    public long recheckMillis() {
        return RECHECK_MILLIS;
    }

    @Override
    public void plan(Consumer<Planned> then) {
        survey.read(
                Survey.User.MEMBER,
                found -> {
                    String self = context.self.id();
                    if (!found.members().containsKey(self) || found.isClosed(self)) {
                        context.fate.gone("the registration is gone");
                    } else if (found.isAnyMemberClosed() || isAnyOwnedClosed(found)) {
                        then.accept(Planned.INTERRUPTED);
                    } else if (found.isUnreadable()) {
                        // Nobody lets go of anything; a change of that body is told by the watch of all of them.
                        then.accept(Planned.BLOCKED);
                    } else {
                        then.accept(Planned.of(plan(found)));
                    }
                },
                failure -> notFound(failure, then));
    }

    /** The others are not to be seen: whether this one is registered still is, or that was taken away with the right to look. */
    private void notFound(Answer failure, Consumer<Planned> then) {
        if (!failure.isRefusal()) {
            then.accept(Planned.INTERRUPTED);
            return;
        }
        List<TreeRead> self = List.of(TreeRead.data(context.paths.id(context.self.id())));
        context.requests.read(self, answer -> {
            if (answer.isOk() && !answer.results().get(0).isOk()) {
                context.fate.gone("the registration is gone");
            } else {
                then.accept(Planned.unread(context, failure));
            }
        });
    }

    private boolean isAnyOwnedClosed(Survey.Found found) {
        return context.ownership.all().keySet().stream()
                .anyMatch(each -> found.closedTopics().contains(each.topic()));
    }

    private Handover.Plan plan(Survey.Found found) {
        Map<String, Subscription> members = new TreeMap<>();
        found.members()
                .forEach((id, node) -> members.put(id, node.body().orElseThrow().subscription()));
        SortedMap<String, SortedSet<Integer>> partitions = new TreeMap<>();
        for (Map.Entry<String, TopicBody> each : found.topics().entrySet()) {
            partitions.put(
                    each.getKey(), new TreeSet<>(each.getValue().replicas().keySet()));
        }
        SortedMap<String, SortedSet<String>> threads = Threads.byTopic(
                members, found.topics().keySet(), context.config.policy().excludeInternalTopics());
        LegacyStrategy strategy = context.config.policy().legacyStrategy();
        if (strategy == LegacyStrategy.ROUNDROBIN && LegacyStrategy.hasHashTie(partitions)) {
            context.orders.alarm(Orders.Alarm.LEGACY_HASH_TIE);
        }
        SortedMap<TopicPartition, String> mine = new TreeMap<>();
        strategy.assign(threads, partitions).forEach((partition, thread) -> {
            if (Registration.memberOf(thread).equals(context.self.id())) {
                mine.put(partition, thread);
            }
        });
        return new Handover.Plan(mine, List.of(), revokeMillis(context.config));
    }

    /** How long a host may take to stop where old consumers wait. */
    static long revokeMillis(GroupConfig config) {
        return Math.min(REVOKE_MILLIS_MAX, config.timing().revokeTimeout());
    }
}
