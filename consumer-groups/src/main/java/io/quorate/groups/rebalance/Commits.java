package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.ExternalOffset;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.groups.rebalance.Ownership.Held;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes offsets, fenced twice: by the registration of this life, and by the version of each offset as it was read or written
 * last (consumer-groups D8). One transaction is under way at a time; what comes meanwhile is gathered, the newest value of each
 * partition counts. Partitions take turns: one that was just written goes behind those that wait.
 */
final class Commits {
    private static final int INTERVAL_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 100;

    private final Context context;
    private final Parents parents;
    private final Map<TopicPartition, Staged> pending = new LinkedHashMap<>();
    private final Map<TopicPartition, Staged> underWay = new LinkedHashMap<>();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private boolean busy;
    /** Somebody waits for what is pending, or a transaction had no room for it. */
    private boolean urgent;

    /** Of which it is being asked what is committed; nothing is under way then. */
    private List<TopicPartition> sought = List.of();

    private long lastMove;
    /** Only the answer to the last question counts: a connection that comes back asks again. */
    private final CurrentRun turn = new CurrentRun();

    private final Refusals refusals;

    Commits(Context context, Parents parents) {
        this.context = context;
        this.parents = parents;
        this.refusals = new Refusals(context, RETRY_MILLIS);
    }

    // ---- what the host wants

    /** Takes note of offsets that are written with the next commit, in some seconds, or with the partition's release. */
    void stage(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (isOurs(partition) && !isMoving(partition)) {
                staged(partition).offset = offset;
            }
        });
        flushInTurn();
    }

    private Staged staged(TopicPartition partition) {
        return pending.computeIfAbsent(partition, none -> new Staged());
    }

    private void flushInTurn() {
        if (!pending.isEmpty() && !context.timers.isSet(Timer.COMMIT)) {
            context.timers.in(Timer.COMMIT, untilNextTurn(), this::flush);
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
        if (offsets.isEmpty()) {
            context.orders.committed(id, null);
            return;
        }
        Staged.Waiting commit = new Staged.Waiting(id, offsets.size());
        offsets.forEach((partition, offset) -> {
            if (isMoving(partition)) {
                commit.settle(null, context.orders);
            } else {
                Staged staged = staged(partition);
                staged.offset = offset;
                staged.add(commit);
            }
        });
        urgent = true;
        flush();
    }

    private boolean isOurs(TopicPartition partition) {
        Held held = context.ownership.get(partition);
        return held != null && held.isWithHost();
    }

    /** The host has yet to hear that somebody else moved the offset: until then its own does not follow from that. */
    private boolean isMoving(TopicPartition partition) {
        return context.ownership.get(partition).move != 0;
    }

    /** The host has heard, and goes on from where the offset was moved to. */
    void onMoved(long move) {
        for (Held held : context.ownership.all().values()) {
            if (held.move == move) {
                held.move = 0;
            }
        }
    }

    /**
     * What is handed in and not yet written is dropped; of the host's partitions it is told what stands in the tree. Until that
     * is known, nothing is written, however long it takes to find a server that says so.
     */
    void seek(Set<TopicPartition> partitions) {
        partitions.forEach(this::takeBack);
        // Of what is moving already the host is about to be told.
        List<TopicPartition> fromNow = partitions.stream()
                .filter(each -> isOurs(each) && !isMoving(each))
                .toList();
        whenIdle(() -> read(fromNow));
    }

    private void takeBack(TopicPartition partition) {
        settle(partition, partition + " goes on from what is committed");
    }

    private void read(List<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        if (busy) {
            whenIdle.add(() -> read(partitions));
            return;
        }
        busy = true;
        sought = partitions;
        readSought();
    }

    private void readSought() {
        List<TopicPartition> partitions = sought;
        List<TreeRead> reads = partitions.stream()
                .map(each -> TreeRead.data(context.paths.offset(each)))
                .toList();
        context.requests.read(reads, current(answer -> {
            if (!answer.isOk()) {
                retry(answer);
                return;
            }
            refusals.over();
            sought = List.of();
            for (int i = 0; i < partitions.size(); i++) {
                goBack(partitions.get(i), answer.results().get(i));
            }
            next();
        }));
    }

    /** Where nothing is committed the host goes on as it was; what it has stopped meanwhile, others take up from there. */
    private void goBack(TopicPartition partition, OpResult now) {
        OptionalLong value = now.isOk() ? OffsetBody.read(now.data()) : OptionalLong.empty();
        if (value.isEmpty()) {
            return;
        }
        takeBack(partition);
        if (isOurs(partition) && !isMoving(partition)) {
            Held held = context.ownership.get(partition);
            held.offsetVersion = now.stat().version();
            held.committed = value;
            move(partition, value.getAsLong());
        }
    }

    private void move(TopicPartition partition, long offset) {
        lastMove++;
        context.ownership.get(partition).move = lastMove;
        context.orders.moved(lastMove, partition, offset);
    }

    // ---- what a release wants

    /** What a release has to write together with giving up the node. */
    OptionalLong pending(TopicPartition partition) {
        Staged staged = pending.get(partition);
        return staged == null ? OptionalLong.empty() : OptionalLong.of(staged.offset);
    }

    boolean isAnythingPending() {
        return busy || !pending.isEmpty();
    }

    /** What was pending was written with a release, or never will be for this reason. */
    void settle(TopicPartition partition, String failure) {
        Staged staged = pending.remove(partition);
        if (staged != null) {
            staged.settle(failure, context.orders);
        }
    }

    /** Does something as soon as no transaction with offsets is under way. */
    void whenIdle(Runnable action) {
        if (busy) {
            whenIdle.add(action);
        } else {
            action.run();
        }
    }

    /** What another's write to an offset means for a release that failed on it; the offset was read, or is not there. */
    void releaseFailedOn(TopicPartition partition, OpResult now) {
        Held held = context.ownership.get(partition);
        held.offsetVersion = now.isOk() ? now.stat().version() : -1;
        ExternalOffset policy = context.config.policy().externalOffset();
        if (policy != ExternalOffset.OVERWRITE && now.isOk()) {
            settle(partition, policy == ExternalOffset.FAIL ? moved(partition) : null);
        }
    }

    private static String moved(TopicPartition partition) {
        return "the offset of " + partition + " was moved";
    }

    private static String notOwned(TopicPartition partition) {
        return partition + " is not owned any more";
    }

    // ---- writing

    private void flush() {
        if (busy || !context.connected) {
            return;
        }
        context.timers.cancel(Timer.COMMIT);
        for (TopicPartition each : List.copyOf(pending.keySet())) {
            if (!context.ownership.has(each)) {
                settle(each, notOwned(each));
            } else if (isUnchanged(each)) {
                settle(each, null);
            }
        }
        begin();
        if (!underWay.isEmpty()) {
            busy = true;
            send();
        }
    }

    private boolean isUnchanged(TopicPartition partition) {
        OptionalLong committed = context.ownership.get(partition).committed;
        return isOurs(partition) && committed.isPresent() && committed.getAsLong() == pending.get(partition).offset;
    }

    /** What is being given up is left to its release, which may be on its way. */
    private void begin() {
        List<TopicPartition> wanted =
                pending.keySet().stream().filter(this::isOurs).toList();
        int size = Math.min(context.limits.commit(), wanted.size());
        wanted.subList(0, size).forEach(each -> underWay.put(each, pending.remove(each)));
        urgent = size < wanted.size();
    }

    private void send() {
        List<TreeOp> ops = new ArrayList<>(List.of(context.checkSelf()));
        underWay.forEach((partition, staged) -> ops.add(write(partition, staged.offset)));
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
            order.forEach(this::written);
            next();
        } else if (!answer.isRefusal()) {
            retry(answer);
        } else if (answer.index() == 0) {
            fail("this member's registration is gone");
            context.fate.gone("a commit found the registration gone");
        } else if (answer.isLasting()) {
            refused(order.get(answer.index() - 1), answer);
        } else if (answer.error() == ErrorCode.NO_NODE) {
            ensureParents(order.get(answer.index() - 1), order);
        } else {
            readAgain();
        }
    }

    private void written(TopicPartition partition) {
        Staged staged = underWay.remove(partition);
        Held held = context.ownership.get(partition);
        if (held != null) {
            held.offsetVersion++;
            held.committed = OptionalLong.of(staged.offset);
        }
        staged.settle(null, context.orders);
    }

    /** A server that cannot answer now, for one; not every member shall ask again at once. */
    private void retry(Answer failure) {
        if (context.connected) {
            context.timers.in(Timer.COMMIT_RETRY, refusals.retryMillis("what is committed", failure), () -> {
                if (context.connected) {
                    askAgain();
                }
            });
        }
    }

    /** This one cannot be written, and trying again at once would not help; the others can. */
    private void refused(TopicPartition partition, Answer answer) {
        dropRefused(partition, answer);
        sendRest();
    }

    private void dropRefused(TopicPartition partition, Answer answer) {
        context.complain("the offset of " + partition.topic(), answer);
        dropUnderWay(partition, "the offset of " + partition + " was refused: " + answer.error());
    }

    private void dropUnderWay(TopicPartition partition, String failure) {
        Staged staged = underWay.remove(partition);
        if (staged != null) {
            staged.settle(failure, context.orders);
        }
    }

    private void sendRest() {
        if (underWay.isEmpty()) {
            next();
        } else {
            send();
        }
    }

    private void ensureParents(TopicPartition missing, List<TopicPartition> order) {
        parents.forget(missing.topic());
        turn.next();
        List<String> topics = order.stream().map(TopicPartition::topic).toList();
        parents.ensure(topics, turn.only(this::readAgain), turn.only((Answer answer) -> {
            if (answer.isLasting()) {
                refused(missing, answer);
            } else {
                retry(answer);
            }
        }));
    }

    private void askAgain() {
        context.timers.cancel(Timer.COMMIT_RETRY);
        if (sought.isEmpty()) {
            readAgain();
        } else {
            readSought();
        }
    }

    /** Somebody else wrote one of these, or the answer did not come: what stands there now decides. */
    private void readAgain() {
        context.timers.cancel(Timer.COMMIT_RETRY);
        List<TopicPartition> order = List.copyOf(underWay.keySet());
        List<TreeRead> reads = order.stream()
                .map(each -> TreeRead.data(context.paths.offset(each)))
                .toList();
        Consumer<Answer> then = current(answer -> {
            if (!answer.isOk()) {
                retry(answer);
                return;
            }
            refusals.over();
            for (int i = 0; i < order.size(); i++) {
                compare(order.get(i), answer.results().get(i));
            }
            sendRest();
        });
        context.requests.read(reads, then);
    }

    private Consumer<Answer> current(Consumer<Answer> then) {
        turn.next();
        return turn.only(then);
    }

    private void compare(TopicPartition partition, OpResult now) {
        Held held = context.ownership.get(partition);
        if (held == null) {
            dropUnderWay(partition, notOwned(partition));
            return;
        }
        Optional<Answer> refusal = Answer.refusal(now);
        if (refusal.isPresent()) {
            dropRefused(partition, refusal.get());
            return;
        }
        int version = now.isOk() ? now.stat().version() : -1;
        OptionalLong value = now.isOk() ? OffsetBody.read(now.data()) : OptionalLong.empty();
        if (version == held.offsetVersion) {
            return;
        }
        held.offsetVersion = version;
        held.committed = value;
        if (value.isPresent() && value.getAsLong() == underWay.get(partition).offset) {
            dropUnderWay(partition, null);
        } else {
            movedByOthers(partition, value);
        }
    }

    private void movedByOthers(TopicPartition partition, OptionalLong value) {
        ExternalOffset policy = context.config.policy().externalOffset();
        if (policy == ExternalOffset.OVERWRITE || value.isEmpty()) {
            return;
        }
        String failure = policy == ExternalOffset.FAIL ? moved(partition) : null;
        dropUnderWay(partition, failure);
        settle(partition, failure);
        if (policy == ExternalOffset.ADOPT && isOurs(partition)) {
            move(partition, value.getAsLong());
        }
    }

    private void next() {
        busy = false;
        List<Runnable> actions = List.copyOf(whenIdle);
        whenIdle.clear();
        actions.forEach(Runnable::run);
        if (urgent) {
            flush();
        } else {
            flushInTurn();
        }
    }

    /** The connection is back: what was under way may be done, or not. */
    void onReconnected() {
        if (busy) {
            askAgain();
        } else {
            flush();
        }
    }

    /** Everything that is not written never will be. */
    void fail(String reason) {
        List<Staged> failed = new ArrayList<>(underWay.values());
        failed.addAll(pending.values());
        pending.clear();
        underWay.clear();
        sought = List.of();
        whenIdle.clear();
        busy = false;
        urgent = false;
        turn.next();
        context.timers.cancel(Timer.COMMIT);
        context.timers.cancel(Timer.COMMIT_RETRY);
        failed.forEach(each -> each.settle(reason, context.orders));
    }
}
