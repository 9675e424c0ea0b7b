package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's eye on members that hold what they must not: whoever does so for a rebalance timeout, without having been allowed
 * to in between, is thrown out (consumer-groups D4).
 */
final class StuckMembers {
    private static final Logger LOG = LoggerFactory.getLogger(StuckMembers.class);
    private static final int OWNERS_MAX = 2_000;

    /** Since when a member was seen to hold something, as far as it was never its own since. */
    private record Misplaced(String holder, long since) {}

    private final Context context;
    private final TargetStore targets;
    /** What was held against the targets at the last look. */
    private Map<TopicPartition, Misplaced> misplaced = new HashMap<>();
    /** How often targets have changed: what is read while they do cannot be judged by either. */
    private int changes;

    StuckMembers(Context context, TargetStore targets) {
        this.context = context;
        this.targets = targets;
    }

    /** These are the targets now: what is meant for its holder is not misplaced, and its time begins anew when it is. */
    void onTargets() {
        changes++;
        Map<TopicPartition, String> wanted = wanted();
        misplaced.entrySet().removeIf(each -> each.getValue().holder().equals(wanted.get(each.getKey())));
    }

    /** Targets have changed, or were read: looks in half a timeout, and after each further half while something is misplaced. */
    void watch(TreeOp guard) {
        if (!context.timers.isSet(Timer.STUCK_AUDIT)) {
            context.timers.in(Timer.STUCK_AUDIT, context.config.timing().rebalanceTimeout() / 2, () -> look(guard));
        }
    }

    void stop() {
        changes++;
        misplaced = new HashMap<>();
        context.timers.cancel(Timer.STUCK_AUDIT);
    }

    private void look(TreeOp guard) {
        if (context.mode == GroupMode.COMPAT) {
            // Targets say nothing now.
            misplaced = new HashMap<>();
            return;
        }
        // Whether this look comes to a result or not.
        watch(guard);
        if (!targets.isKnown() || !context.connected) {
            return;
        }
        Map<TopicPartition, String> wanted = wanted();
        List<TopicPartition> order = List.copyOf(wanted.keySet());
        List<TreeRead> reads = order.stream()
                .map(each -> TreeRead.data(context.paths.owner(each)))
                .toList();
        int before = changes;
        context.requests.read(reads, answer -> {
            if (before == changes && answer.isOk() && context.mode == GroupMode.NATIVE) {
                compare(wanted, order, answer.results(), guard);
            }
        });
    }

    private Map<TopicPartition, String> wanted() {
        Map<TopicPartition, String> wanted = new TreeMap<>();
        for (Target each : targets.all().values()) {
            each.assign().forEach(partition -> wanted.put(partition, each.member()));
        }
        return wanted;
    }

    private void compare(
            Map<TopicPartition, String> wanted, List<TopicPartition> order, List<OpResult> nodes, TreeOp guard) {
        Map<TopicPartition, Misplaced> now = new HashMap<>();
        Map<String, List<TopicPartition>> stuck = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            if (!nodes.get(i).isOk()) {
                continue;
            }
            TopicPartition each = order.get(i);
            String holder = Registration.ownerIn(nodes.get(i).data()).orElse(null);
            if (holder == null) {
                LOG.warn(
                        "{} names no member; as long as it is there nobody can have {}",
                        context.paths.owner(each),
                        each);
            } else if (!holder.equals(wanted.get(each))) {
                Misplaced since = since(each, holder);
                now.put(each, since);
                if (context.timers.now()
                        >= since.since() + context.config.timing().rebalanceTimeout()) {
                    stuck.computeIfAbsent(holder, none -> new ArrayList<>()).add(each);
                }
            }
        }
        misplaced = now;
        stuck.forEach((member, partitions) -> evict(member, partitions, guard));
        if (now.isEmpty()) {
            context.timers.cancel(Timer.STUCK_AUDIT);
        }
    }

    private Misplaced since(TopicPartition partition, String holder) {
        Misplaced before = misplaced.get(partition);
        return before != null && before.holder().equals(holder) ? before : new Misplaced(holder, context.timers.now());
    }

    /**
     * Fences a member first, by giving its registration another version: from then on it can neither release nor claim, and
     * while the registration is there its session is, too. So what it is seen to hold after that is deleted in one transaction
     * with the registration, or nothing is; never what somebody else has claimed meanwhile.
     */
    private void evict(String member, List<TopicPartition> partitions, TreeOp guard) {
        String id = context.paths.id(member);
        context.requests.read(List.of(TreeRead.data(id)), answer -> {
            if (!answer.isOk() || !answer.results().get(0).isOk()) {
                // Its session is over, or ends: what it holds goes with that.
                return;
            }
            OpResult node = answer.results().get(0);
            int version = node.stat().version();
            boolean isOurs = Registration.read(node.data())
                    .filter(Registration::isQuorate)
                    .isPresent();
            if (!isOurs) {
                // An old consumer proves nothing with its registration, so there is nothing to fence it by.
                takeAway(new Stuck(id, node.stat().ephemeralOwner(), version), partitions, guard);
                return;
            }
            TreeOp fence = new TreeOp.SetData(id, node.data(), version);
            context.requests.multi(List.of(guard, fence), fenced -> {
                if (fenced.isOk()) {
                    takeAway(new Stuck(id, node.stat().ephemeralOwner(), version + 1), partitions, guard);
                }
            });
        });
    }

    /** A registration, the session that keeps it, and its version. */
    private record Stuck(String id, long session, int version) {}

    private void takeAway(Stuck member, List<TopicPartition> partitions, TreeOp guard) {
        List<String> owners =
                partitions.stream().limit(OWNERS_MAX).map(context.paths::owner).toList();
        context.requests.read(owners.stream().map(TreeRead::data).toList(), answer -> {
            if (!answer.isOk()) {
                return;
            }
            List<TreeOp> ops = new ArrayList<>(List.of(guard, new TreeOp.Delete(member.id(), member.version())));
            for (int i = 0; i < owners.size(); i++) {
                OpResult node = answer.results().get(i);
                if (node.isOk() && node.stat().ephemeralOwner() == member.session()) {
                    ops.add(new TreeOp.Delete(owners.get(i), TreeOp.ANY));
                }
            }
            // If one of them has gone meanwhile nothing is done, and the next look decides.
            context.requests.multi(ops, done -> {});
        });
    }
}
