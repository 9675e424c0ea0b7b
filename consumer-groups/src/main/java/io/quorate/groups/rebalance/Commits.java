package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.ExternalOffset;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.groups.rebalance.Ownership.Held;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes offsets, fenced twice: by the registration of this life, and by the version of each offset as it was read or written
 * last (consumer-groups D8). One transaction is under way at a time; what comes meanwhile is gathered, the newest value of each
 * partition counts.
 */
final class Commits {
    private static final int BATCH_MAX = 500;
    private static final int INTERVAL_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 100;

    private final Context context;
    private final Parents parents;
    private final SortedMap<TopicPartition, Long> pending = new TreeMap<>();
    private final List<Long> pendingCommits = new ArrayList<>();
    private final SortedMap<TopicPartition, Long> underWay = new TreeMap<>();
    private final List<Long> commitsUnderWay = new ArrayList<>();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private boolean busy;
    /** Answers to what was given up are not listened to. */
    private int epoch;

    Commits(Context context, Parents parents) {
        this.context = context;
        this.parents = parents;
    }

    /** Takes note of offsets that are written with the next commit, in some seconds, or with the partition's release. */
    void stage(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (isOurs(partition)) {
                pending.put(partition, offset);
            }
        });
        if (!pending.isEmpty() && !context.timers.isSet(Timers.Timer.COMMIT)) {
            context.timers.in(Timers.Timer.COMMIT, untilNextTurn(), this::flush);
        }
    }

    /**
     * Each member has a place of its own in the interval: members that joined at the same time do not all commit in the same
     * instant, and nobody commits more often than once in an interval.
     */
    private long untilNextTurn() {
        long place = Math.floorMod(context.self.id().hashCode(), INTERVAL_MILLIS);
        return INTERVAL_MILLIS - Math.floorMod(context.timers.now() - place, (long) INTERVAL_MILLIS);
    }

    /** Writes offsets now; {@code id} is reported as committed, or refused if one of the partitions is not the host's. */
    void commit(long id, Map<TopicPartition, Long> offsets) {
        for (TopicPartition each : offsets.keySet()) {
            if (!isOurs(each)) {
                context.orders.committed(id, each + " is not owned");
                return;
            }
        }
        pending.putAll(offsets);
        pendingCommits.add(id);
        flush();
    }

    private boolean isOurs(TopicPartition partition) {
        Held held = context.ownership.get(partition);
        return held != null && held.isWithHost();
    }

    /** What a release has to write together with giving up the node. */
    OptionalLong pending(TopicPartition partition) {
        Long offset = pending.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** What was pending was written with a release, or is void. */
    void settled(TopicPartition partition) {
        pending.remove(partition);
        reportIfNothingIsPending();
    }

    /** Does something as soon as no transaction with offsets is under way. */
    void whenIdle(Runnable action) {
        if (busy) {
            whenIdle.add(action);
        } else {
            action.run();
        }
    }

    void flush() {
        if (busy || !context.connected) {
            return;
        }
        context.timers.cancel(Timers.Timer.COMMIT);
        pending.entrySet().removeIf(each -> !isOurs(each.getKey()) || isUnchanged(each.getKey(), each.getValue()));
        if (pending.isEmpty()) {
            reportIfNothingIsPending();
            return;
        }
        begin();
        send();
    }

    private boolean isUnchanged(TopicPartition partition, long offset) {
        OptionalLong committed = context.ownership.get(partition).committed;
        return committed.isPresent() && committed.getAsLong() == offset;
    }

    private void begin() {
        busy = true;
        underWay.clear();
        for (Map.Entry<TopicPartition, Long> each : pending.entrySet()) {
            if (underWay.size() < BATCH_MAX) {
                underWay.put(each.getKey(), each.getValue());
            }
        }
        underWay.keySet().forEach(pending::remove);
        if (pending.isEmpty()) {
            commitsUnderWay.addAll(pendingCommits);
            pendingCommits.clear();
        }
    }

    private void send() {
        List<TreeOp> ops = new ArrayList<>(List.of(context.checkSelf()));
        underWay.forEach((partition, offset) -> ops.add(write(partition, offset)));
        List<TopicPartition> order = List.copyOf(underWay.keySet());
        context.requests.multi(ops, current(answer -> onWritten(answer, order)));
    }

    /** The node is created with the first offset: an empty body is nothing that old consumers can read. */
    TreeOp write(TopicPartition partition, long offset) {
        String path = context.paths.offset(partition);
        int version = context.ownership.get(partition).offsetVersion;
        byte[] body = OffsetBody.bytes(offset);
        return version < 0
                ? new TreeOp.Create(path, body, TreeOp.Kind.PERSISTENT)
                : new TreeOp.SetData(path, body, version);
    }

    private void onWritten(Answer answer, List<TopicPartition> order) {
        if (answer.isOk()) {
            underWay.forEach(this::written);
            underWay.clear();
            commitsUnderWay.forEach(id -> context.orders.committed(id, null));
            commitsUnderWay.clear();
            next();
        } else if (answer.isRefusal() && answer.index() == 0) {
            fail("this member's registration is gone");
            context.fate.gone("a commit found the registration gone");
        } else if (answer.error() == ErrorCode.NO_NODE) {
            parents.forget(order.get(answer.index() - 1).topic());
            parents.ensure(order.stream().map(TopicPartition::topic).toList(), () -> readAgain(order));
        } else if (answer.error() == ErrorCode.BAD_VERSION || answer.error() == ErrorCode.NODE_EXISTS) {
            readAgain(order);
        } else if (context.connected) {
            // A server that cannot write now, for one; not every member shall ask again at once.
            context.timers.in(Timers.Timer.COMMIT, RETRY_MILLIS, () -> readAgain(order));
        }
    }

    private void written(TopicPartition partition, long offset) {
        Held held = context.ownership.get(partition);
        if (held != null) {
            held.offsetVersion++;
            held.committed = OptionalLong.of(offset);
        }
    }

    /** Somebody else wrote one of these, or the answer did not come: what stands there now decides. */
    private void readAgain(List<TopicPartition> order) {
        List<TreeRead> reads = order.stream()
                .map(each -> TreeRead.data(context.paths.offset(each)))
                .toList();
        Consumer<Answer> then = current(answer -> {
            if (!answer.isOk()) {
                // The connection is lost again; asked anew when it is back.
                return;
            }
            for (int i = 0; i < order.size(); i++) {
                compare(order.get(i), answer.results().get(i));
            }
            if (underWay.isEmpty()) {
                commitsUnderWay.forEach(id -> context.orders.committed(id, null));
                commitsUnderWay.clear();
                next();
            } else {
                send();
            }
        });
        context.requests.read(reads, then);
    }

    private Consumer<Answer> current(Consumer<Answer> then) {
        int mine = epoch;
        return answer -> {
            if (mine == epoch) {
                then.accept(answer);
            }
        };
    }

    private void compare(TopicPartition partition, OpResult now) {
        Held held = context.ownership.get(partition);
        Long wanted = underWay.get(partition);
        if (held == null || wanted == null) {
            underWay.remove(partition);
            return;
        }
        int version = now.isOk() ? now.stat().version() : -1;
        OptionalLong value = now.isOk() ? OffsetBody.read(now.data()) : OptionalLong.empty();
        if (version == held.offsetVersion) {
            return;
        }
        held.offsetVersion = version;
        held.committed = value;
        if (value.isPresent() && value.getAsLong() == wanted) {
            underWay.remove(partition);
        } else {
            movedByOthers(partition, value);
        }
    }

    private void movedByOthers(TopicPartition partition, OptionalLong value) {
        ExternalOffset policy = context.config.policy().externalOffset();
        if (policy == ExternalOffset.OVERWRITE || value.isEmpty()) {
            return;
        }
        underWay.remove(partition);
        pending.remove(partition);
        if (policy == ExternalOffset.FAIL) {
            commitsUnderWay.forEach(id -> context.orders.committed(id, "the offset of " + partition + " was moved"));
            commitsUnderWay.clear();
        } else {
            context.orders.moved(partition, value.getAsLong());
        }
    }

    private void next() {
        busy = false;
        List<Runnable> actions = List.copyOf(whenIdle);
        whenIdle.clear();
        actions.forEach(Runnable::run);
        if (!pendingCommits.isEmpty()) {
            flush();
        }
    }

    private void reportIfNothingIsPending() {
        if (pending.isEmpty() && !busy) {
            pendingCommits.forEach(id -> context.orders.committed(id, null));
            pendingCommits.clear();
        }
    }

    /** The connection is back: what was under way may be done, or not. */
    void onReconnected() {
        if (busy) {
            readAgain(List.copyOf(underWay.keySet()));
        } else {
            flush();
        }
    }

    /** Everything that is not written never will be. */
    void fail(String reason) {
        commitsUnderWay.addAll(pendingCommits);
        List<Long> failed = List.copyOf(commitsUnderWay);
        pending.clear();
        underWay.clear();
        pendingCommits.clear();
        commitsUnderWay.clear();
        whenIdle.clear();
        busy = false;
        epoch++;
        context.timers.cancel(Timers.Timer.COMMIT);
        failed.forEach(id -> context.orders.committed(id, reason));
    }

    /** What another's write to an offset means for a release that failed on it. */
    void releaseFailedOn(TopicPartition partition, ErrorCode error, OpResult now) {
        Held held = context.ownership.get(partition);
        assert error == ErrorCode.BAD_VERSION || error == ErrorCode.NODE_EXISTS || error == ErrorCode.NO_NODE;
        held.offsetVersion = now.isOk() ? now.stat().version() : -1;
        if (context.config.policy().externalOffset() != ExternalOffset.OVERWRITE && now.isOk()) {
            pending.remove(partition);
        }
    }
}
