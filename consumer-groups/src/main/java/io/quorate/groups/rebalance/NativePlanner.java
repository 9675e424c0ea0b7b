package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import io.quorate.wire.client.OpResult;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Native mode: what this member should own is what the leader wrote for it, and every claim proves that it still says so. */
final class NativePlanner implements Planner {
    private static final long RETRY_MILLIS = 5_000;
    private static final long RECHECK_MILLIS = 60_000;

    private final Context context;
    private int generation;

    NativePlanner(Context context) {
        this.context = context;
    }

    /** Of the target that was read last. */
    int generation() {
        return generation;
    }

    @Override
    public long gatherMillis() {
        return 0;
    }

    @Override
    public long retryMillis(int attempt) {
        return RETRY_MILLIS;
    }

    @Override
    public int retriesMax() {
        return 0;
    }

    @Override
    public long recheckMillis() {
        return RECHECK_MILLIS;
    }

    @Override
    public void plan(Consumer<Planned> then) {
        String target = context.paths.target(context.key());
        String self = context.paths.id(context.self.id());
        context.requests.read(List.of(TreeRead.data(target), TreeRead.data(self)), answer -> {
            if (answer.isOk() && !answer.results().get(1).isOk()) {
                // Or may not be read, so that nothing can be proven by it: another life can.
                context.fate.gone("the registration is gone");
            } else if (!answer.whole().isOk()) {
                then.accept(Planned.unread(context, answer.whole()));
            } else {
                look(answer.results().get(0), answer.results().get(1), then);
            }
        });
    }

    private void look(OpResult node, OpResult self, Consumer<Planned> then) {
        Optional<Target> target = node.isOk() ? Target.read(node.data()) : Optional.empty();
        if (target.isEmpty()) {
            await(then);
        } else if (target.get().member().equals(context.self.id())) {
            generation = target.get().generation();
            then.accept(Planned.of(plan(target.get(), node.stat().version())));
        } else {
            compareWithOther(target.get().member(), self.stat().czxid(), then);
        }
    }

    /** Two members with one instance id: the later registration counts. */
    private void compareWithOther(String other, long mine, Consumer<Planned> then) {
        context.requests.read(List.of(TreeRead.data(context.paths.id(other))), answer -> {
            if (!answer.isOk()) {
                then.accept(Planned.INTERRUPTED);
                return;
            }
            OpResult node = answer.results().get(0);
            if (node.isOk() && node.stat().czxid() > mine) {
                context.fate.end(Orders.End.FENCED_INSTANCE, other + " uses the same instance id");
            } else {
                // The leader will write this member's name into it.
                await(then);
            }
        });
    }

    /** A target comes from a leader. It gives none to who wants compat mode, but goes over to that; if it leads by then. */
    private void await(Consumer<Planned> then) {
        if (context.config.policy().mode() != ModeWish.COMPAT) {
            then.accept(Planned.NOTHING);
            return;
        }
        List<TreeRead> reads = List.of(TreeRead.data(context.paths.election()), TreeRead.data(context.paths.quorate()));
        context.requests.read(reads, answer -> {
            if (!answer.isOk()) {
                then.accept(Planned.INTERRUPTED);
                return;
            }
            OpResult election = answer.results().get(0);
            OpResult mode = answer.results().get(1);
            boolean isDeserted = election.isOk() && election.stat().numChildren() == 0;
            boolean isNative = mode.isOk() && GroupMode.read(mode.data()).equals(Optional.of(GroupMode.NATIVE));
            if (isDeserted && isNative) {
                downgrade(mode.stat().version(), then);
            } else {
                // The last that might lead may go at any time.
                then.accept(Planned.BLOCKED);
            }
        });
    }

    /** Nobody is there who could lead: all who have come want compat mode, or are old consumers. */
    private void downgrade(int version, Consumer<Planned> then) {
        TreeOp flip = new TreeOp.SetData(context.paths.quorate(), GroupMode.COMPAT.bytes(), version);
        context.requests.multi(List.of(context.checkSelf(), flip), answer -> {
            if (answer.isLasting()) {
                context.complain("another mode", answer);
            }
            // Done or not, by this member or another: the watch of the mode tells.
            then.accept(Planned.BLOCKED);
        });
    }

    private Handover.Plan plan(Target target, int version) {
        SortedMap<TopicPartition, String> threads = new TreeMap<>();
        String thread = Registration.threadOf(context.self.id(), 0);
        target.assign().forEach(partition -> threads.put(partition, thread));
        TreeOp guard = new TreeOp.Check(context.paths.target(context.key()), version);
        return new Handover.Plan(
                threads, List.of(guard), context.config.timing().revokeTimeout());
    }
}
