package io.quorate.groups.rebalance;

import io.quorate.groups.layout.GoneTopic;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The leader's eye on topics that no longer exist: what the group still keeps of them is removed after a while (consumer-groups
 * D8, retention). The while is in the tree, so that the next leader goes on with it:
 *
 * <pre>
 *   gone ─► marked ─► time is over ─► removed, and the mark with it
 *             │ ▲          │
 *             │ └── offsets written since: marked anew
 *             └── the topic is there again, or nothing is kept: the mark goes
 * </pre>
 *
 * <p>No transaction can prove that a topic does not exist without writing below {@code /brokers/topics}, which would wake every
 * group. What is removed is therefore proven to be nobody's: the topic was missing in the read before, each offset is as it was
 * in that read, none was written since the mark, and no partition has an owner, since the owners' parent goes in the same
 * transaction. A member that claims one of a topic that has just come back was either there first, and the transaction fails, or
 * reads offsets after it. So no offset that was committed for the new topic, or given to a member of this library, is lost.
 */
final class GoneTopics {
    private static final long LOOK_MILLIS_MAX = 600_000;
    private static final long LOOK_MILLIS_MIN = 50;
    private static final int LOOKS = 10;
    private static final int BATCH_MAX = 500;

    private final Context context;
    private final Parents parents;
    /** Proves leadership. */
    private TreeOp guard;
    /** Answers to an earlier look are not listened to. */
    private int run;

    GoneTopics(Context context, Parents parents) {
        this.context = context;
        this.parents = parents;
    }

    /** This member leads from now on, and proves it so. */
    void watch(TreeOp leadership) {
        guard = leadership;
        if (retention() > 0) {
            lookIn(Math.max(LOOK_MILLIS_MIN, Math.min(LOOK_MILLIS_MAX, retention() / LOOKS)));
        }
    }

    void stop() {
        run++;
        context.timers.cancel(Timer.GONE_TOPICS);
    }

    private long retention() {
        return context.config.offsetsRetention();
    }

    private void lookIn(long millis) {
        context.timers.in(Timer.GONE_TOPICS, millis, this::look);
    }

    // ---- marks

    private void look() {
        run++;
        watch(guard);
        if (!context.connected) {
            return;
        }
        List<TreeRead> lists = List.of(
                TreeRead.children(GroupPaths.TOPICS),
                TreeRead.children(context.paths.offsets()),
                TreeRead.children(context.paths.owners()),
                TreeRead.children(context.paths.goneTopics()));
        read(lists, results -> {
            // Without that node nothing is known about topics; they need not be gone.
            if (results.get(0).isOk()) {
                Set<String> gone = names(results.get(1));
                gone.addAll(names(results.get(2)));
                gone.removeAll(names(results.get(0)));
                mark(gone, results.get(3));
            }
        });
    }

    private void read(List<TreeRead> reads, Consumer<List<OpResult>> then) {
        int mine = run;
        context.requests.read(reads, answer -> {
            if (mine == run && answer.isOk()) {
                then.accept(answer.results());
            }
        });
    }

    private static Set<String> names(OpResult list) {
        return list.isOk() ? new TreeSet<>(list.children()) : new TreeSet<>();
    }

    private void mark(Set<String> gone, OpResult list) {
        Set<String> marked = names(list);
        List<TreeOp> ops = new ArrayList<>();
        ops.add(guard);
        if (!list.isOk() && !gone.isEmpty()) {
            ops.add(TreeOp.plain(context.paths.goneTopics()));
        }
        byte[] now = new GoneTopic(context.timers.now()).bytes();
        for (String topic : gone) {
            if (!marked.contains(topic) && ops.size() < BATCH_MAX) {
                ops.add(new TreeOp.Create(context.paths.goneTopic(topic), now, TreeOp.Kind.PERSISTENT));
            }
        }
        for (String topic : marked) {
            if (!gone.contains(topic) && ops.size() < BATCH_MAX) {
                ops.add(new TreeOp.Delete(context.paths.goneTopic(topic), TreeOp.ANY));
            }
        }
        if (ops.size() > 1) {
            // Should it fail, the next look sees what there is.
            context.requests.multi(ops, answer -> {});
        }
        marked.retainAll(gone);
        readMarked(List.copyOf(marked));
    }

    /** A topic that has been gone for some time, and the names of what is kept of it. */
    private record Kept(String topic, OpResult mark, OpResult offsets, OpResult owners) {}

    private void readMarked(List<String> topics) {
        List<TreeRead> reads = new ArrayList<>();
        for (String topic : topics) {
            reads.add(TreeRead.data(context.paths.goneTopic(topic)));
            reads.add(TreeRead.children(context.paths.offsets(topic)));
            reads.add(TreeRead.children(context.paths.owners(topic)));
        }
        read(reads, results -> {
            Queue<Kept> due = new ArrayDeque<>();
            for (int i = 0; i < topics.size(); i++) {
                Kept kept = new Kept(topics.get(i), results.get(3 * i), results.get(3 * i + 1), results.get(3 * i + 2));
                if (isDue(kept)) {
                    due.add(kept);
                }
            }
            removeNext(due);
        });
    }

    /** A mark that this version cannot read says nothing, and all is kept. */
    private boolean isDue(Kept kept) {
        return kept.mark().isOk()
                && names(kept.owners()).isEmpty()
                && GoneTopic.read(kept.mark().data())
                        .filter(mark -> context.timers.now() - mark.sinceMillis() >= retention())
                        .isPresent();
    }

    // ---- removal

    /** One after another: nobody waits for it. */
    private void removeNext(Queue<Kept> due) {
        if (due.isEmpty()) {
            return;
        }
        Kept kept = due.remove();
        List<String> offsets = names(kept.offsets()).stream()
                .map(name -> context.paths.offsets(kept.topic()) + "/" + name)
                .toList();
        List<TreeRead> reads = new ArrayList<>();
        reads.add(TreeRead.data(GroupPaths.topic(kept.topic())));
        offsets.forEach(path -> reads.add(TreeRead.data(path)));
        read(reads, results -> {
            if (results.get(0).error() != ErrorCode.NO_NODE) {
                // It is there again, or may be.
                removeNext(due);
                return;
            }
            List<OpResult> nodes = results.subList(1, results.size());
            List<TreeOp> ops = isWrittenSince(kept, nodes) ? markAnew(kept) : removal(kept, offsets, nodes);
            int mine = run;
            context.requests.multi(ops, answer -> {
                parents.forget(kept.topic());
                if (mine == run) {
                    goOn(answer, offsets.size() > BATCH_MAX, due);
                }
            });
        });
    }

    private void goOn(Answer answer, boolean wereTooMany, Queue<Kept> due) {
        if (answer.isOk() && wereTooMany) {
            lookIn(LOOK_MILLIS_MIN);
        }
        // What was refused has changed meanwhile: the next look sees what there is.
        removeNext(due);
    }

    private static boolean isWrittenSince(Kept kept, List<OpResult> nodes) {
        long marked = kept.mark().stat().mzxid();
        return nodes.stream().anyMatch(node -> node.isOk() && node.stat().mzxid() > marked);
    }

    private List<TreeOp> markAnew(Kept kept) {
        byte[] now = new GoneTopic(context.timers.now()).bytes();
        String mark = context.paths.goneTopic(kept.topic());
        return List.of(guard, new TreeOp.SetData(mark, now, kept.mark().stat().version()));
    }

    private List<TreeOp> removal(Kept kept, List<String> offsets, List<OpResult> nodes) {
        String owners = context.paths.owners(kept.topic());
        List<TreeOp> ops = new ArrayList<>();
        ops.add(guard);
        if (!kept.owners().isOk()) {
            // Missing, and now proven to be so.
            ops.add(TreeOp.plain(owners));
        }
        ops.add(new TreeOp.Delete(owners, TreeOp.ANY));
        for (int i = 0; i < Math.min(BATCH_MAX, nodes.size()); i++) {
            if (nodes.get(i).isOk()) {
                ops.add(new TreeOp.Delete(offsets.get(i), nodes.get(i).stat().version()));
            }
        }
        if (nodes.size() <= BATCH_MAX) {
            if (kept.offsets().isOk()) {
                ops.add(new TreeOp.Delete(context.paths.offsets(kept.topic()), TreeOp.ANY));
            }
            ops.add(new TreeOp.Delete(
                    context.paths.goneTopic(kept.topic()), kept.mark().stat().version()));
        }
        return ops;
    }
}
