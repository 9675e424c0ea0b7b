package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The leader's eye on members that hold what they must not: after two looks, a rebalance timeout apart, they are thrown out. */
final class StuckMembers {
    private static final int OWNERS_MAX = 500;

    private final Context context;
    private final TargetStore targets;
    /** Partition to the member that held it against its target at the last look. */
    private Map<TopicPartition, String> misplaced = new HashMap<>();

    StuckMembers(Context context, TargetStore targets) {
        this.context = context;
        this.targets = targets;
    }

    /** Targets have changed: looks in half a timeout, and again in another half if something is misplaced. */
    void watch(TreeOp guard) {
        if (!context.timers.isSet(Timer.STUCK_AUDIT)) {
            context.timers.in(Timer.STUCK_AUDIT, context.config.timing().rebalanceTimeout() / 2, () -> look(guard));
        }
    }

    void stop() {
        misplaced = new HashMap<>();
        context.timers.cancel(Timer.STUCK_AUDIT);
    }

    private void look(TreeOp guard) {
        if (context.mode == GroupMode.COMPAT) {
            // Targets say nothing now.
            misplaced = new HashMap<>();
            return;
        }
        if (!targets.isKnown() || !context.connected) {
            watch(guard);
            return;
        }
        Map<TopicPartition, String> wanted = new TreeMap<>();
        for (Target each : targets.all().values()) {
            each.assign().forEach(partition -> wanted.put(partition, each.member()));
        }
        List<TopicPartition> order = List.copyOf(wanted.keySet());
        List<TreeRead> reads = order.stream()
                .map(each -> TreeRead.data(context.paths.owner(each)))
                .toList();
        context.requests.read(reads, answer -> {
            if (answer.isOk() && context.mode == GroupMode.NATIVE) {
                compare(wanted, order, answer.results(), guard);
            }
        });
    }

    private void compare(
            Map<TopicPartition, String> wanted, List<TopicPartition> order, List<OpResult> nodes, TreeOp guard) {
        Map<TopicPartition, String> now = new HashMap<>();
        Map<String, List<TopicPartition>> stuck = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            if (!nodes.get(i).isOk()) {
                continue;
            }
            TopicPartition each = order.get(i);
            String holder = Registration.memberOf(new String(nodes.get(i).data(), StandardCharsets.UTF_8));
            if (!holder.equals(wanted.get(each))) {
                now.put(each, holder);
                if (holder.equals(misplaced.get(each))) {
                    stuck.computeIfAbsent(holder, none -> new ArrayList<>()).add(each);
                }
            }
        }
        misplaced = now;
        stuck.forEach((member, partitions) -> evict(member, partitions, guard));
        if (!now.isEmpty()) {
            watch(guard);
        }
    }

    private void evict(String member, List<TopicPartition> partitions, TreeOp guard) {
        String id = context.paths.id(member);
        context.requests.read(List.of(TreeRead.data(id)), answer -> {
            if (!answer.isOk()) {
                return;
            }
            List<TreeOp> ops = new ArrayList<>(List.of(guard));
            if (answer.results().get(0).isOk()) {
                ops.add(new TreeOp.Delete(id, TreeOp.ANY));
            }
            partitions.stream()
                    .limit(OWNERS_MAX)
                    .forEach(each -> ops.add(new TreeOp.Delete(context.paths.owner(each), TreeOp.ANY)));
            // If one of them has gone meanwhile nothing is done, and the next look decides.
            context.requests.multi(ops, done -> {});
        });
    }
}
