package io.quorate.groups;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.host.HostShare;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.Orders;
import io.quorate.groups.rebalance.Rebalance;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.groups.rebalance.TreeRead;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.NodeEvent;
import io.quorate.wire.client.SessionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a {@link Rebalance}: one thread on which everything that concerns the member happens, the clock, the session, and the
 * way to the host. What others may read is published after each event.
 */
final class MemberLoop implements Orders {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);
    private static final double FENCE_SHARE = 0.9;

    private final ClientBuilder builder;
    private final HostCalls host;
    private final HostShare share = new HostShare();
    private final ScheduledThreadPoolExecutor thread;
    private final Rebalance machine;
    private final String group;
    private final long revokeMillis;
    private final long epochMillis = System.currentTimeMillis();
    private final long epochNanos = System.nanoTime();
    private final Map<Long, CompletableFuture<Void>> commits = new HashMap<>();
    private final Map<Long, CompletableFuture<Map<TopicPartition, OptionalLong>>> reads = new HashMap<>();
    private final Map<Alarm, Long> alarms = new ConcurrentHashMap<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private ScheduledFuture<?> tick;
    private long tickDue = Long.MAX_VALUE;
    private long lastCommit;
    private boolean hadSession;
    private boolean isAbandoned;
    /** From when on the machine sees no events. */
    private volatile boolean isOver;

    private volatile SessionLink link;
    private volatile MemberView view = MemberView.NONE;

    MemberLoop(GroupConfig config, ClientBuilder builder, RebalanceListener listener) {
        String name = "group-" + config.group() + "-" + config.identity().client();
        this.group = config.group();
        this.revokeMillis = config.timing().revokeTimeout();
        this.builder = builder.copy();
        this.host = new HostCalls(listener, name + "-host");
        this.thread = new ScheduledThreadPoolExecutor(1, task -> HostCalls.daemon(task, name));
        // Otherwise what is put off stays in memory until it would have been due.
        thread.setRemoveOnCancelPolicy(true);
        this.machine = new Rebalance(config, this, new Random());
    }

    void start() {
        step(machine::start);
    }

    // ---- events

    /** Lets the machine see an event, then publishes what others may know. */
    private void step(Runnable event) {
        execute(() -> inStep(event));
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The member has ended; nobody waits for this any more.
            LOG.trace("an event after the end of a member of {}", group);
        }
    }

    private void inStep(Runnable event) {
        if (isOver) {
            return;
        }
        try {
            machine.onTime(now(), lastAck());
            event.run();
        } catch (Throwable e) {
            LOG.error("a member of group {} ends itself, because its own logic failed", group, e);
            fail(e);
            return;
        }
        publish();
        schedule();
    }

    private void fail(Throwable failure) {
        view = MemberView.NONE;
        closeSession();
        ended(End.LEFT, failure.toString());
    }

    private long now() {
        return epochMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - epochNanos);
    }

    private long lastAck() {
        SessionLink current = link;
        if (current == null || !hadSession) {
            return now();
        }
        long ago = System.nanoTime() - current.lastAckNanos();
        return now() - Math.max(0, TimeUnit.NANOSECONDS.toMillis(ago));
    }

    private void publish() {
        view = new MemberView(
                machine.memberId(),
                machine.mode(),
                machine.generation(),
                machine.isLeader(),
                !machine.isFenced(),
                machine.owned());
    }

    /** An alarm that comes too early does no harm, so it is set anew only to come earlier. */
    private void schedule() {
        long due = machine.deadline();
        if (due >= tickDue || thread.isShutdown()) {
            return;
        }
        if (tick != null) {
            tick.cancel(false);
        }
        tickDue = due;
        tick = thread.schedule(this::onTick, Math.max(0, due - now()) + 1, TimeUnit.MILLISECONDS);
    }

    private void onTick() {
        tickDue = Long.MAX_VALUE;
        inStep(() -> {});
    }

    private final class FromSession implements SessionLink.Events {
        @Override
        public void onSessionEvent(SessionEvent event) {
            switch (event) {
                case CONNECTED -> inStep(this::connected);
                case DISCONNECTED -> inStep(machine::onDisconnected);
                case EXPIRED -> inStep(machine::onExpired);
                case AUTH_FAILED -> inStep(machine::onAuthFailed);
                case CONNECTED_READ_ONLY, CLOSED -> {}
            }
        }

        private void connected() {
            if (hadSession) {
                machine.onReconnected();
            } else {
                hadSession = true;
                machine.onSession(link.sessionId(), link.timeoutMillis());
            }
        }

        @Override
        public void onAnswer(long id, Answer answer) {
            inStep(() -> machine.onAnswer(id, answer));
        }

        @Override
        public void onWatch(NodeEvent event) {
            inStep(() -> machine.onWatch(event.path(), event.type()));
        }
    }

    // ---- what the host wants

    CompletableFuture<Void> commit(Map<TopicPartition, Long> offsets) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Map<TopicPartition, Long> copy = Map.copyOf(offsets);
        Map<TopicPartition, Long> had = share.orders(copy.keySet());
        step(() -> {
            lastCommit++;
            commits.put(lastCommit, done);
            if (copy.keySet().stream().allMatch(each -> share.isStillHad(each, had))) {
                machine.commit(lastCommit, copy);
            } else {
                committed(lastCommit, "not all of these are owned");
            }
        });
        return failedIfOver(done);
    }

    CompletableFuture<Map<TopicPartition, OptionalLong>> committed(Set<TopicPartition> partitions) {
        CompletableFuture<Map<TopicPartition, OptionalLong>> done = new CompletableFuture<>();
        Set<TopicPartition> copy = Set.copyOf(partitions);
        step(() -> {
            lastCommit++;
            reads.put(lastCommit, done);
            machine.readCommitted(lastCommit, copy);
        });
        return failedIfOver(done);
    }

    void seekCommitted(Set<TopicPartition> partitions) {
        Set<TopicPartition> copy = Set.copyOf(partitions);
        step(() -> machine.seekCommitted(copy));
    }

    /** Behind the step that should answer it, if that comes too late: whoever sees the end here, or there, fails it. */
    private <T> CompletableFuture<T> failedIfOver(CompletableFuture<T> question) {
        execute(() -> failIfOver(question));
        failIfOver(question);
        return question;
    }

    private void failIfOver(CompletableFuture<?> question) {
        if (isOver) {
            question.completeExceptionally(new CommitFailedException("not a member any more"));
        }
    }

    void stage(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> copy = Map.copyOf(offsets);
        Map<TopicPartition, Long> had = share.orders(copy.keySet());
        step(() -> {
            Map<TopicPartition, Long> still = new HashMap<>(copy);
            still.keySet().removeIf(each -> !share.isStillHad(each, had));
            machine.stage(still);
        });
    }

    void heartbeat() {
        step(machine::heartbeat);
    }

    CompletableFuture<String> leave(boolean whole) {
        step(() -> machine.leave(whole));
        return ended;
    }

    CompletableFuture<String> abandon() {
        step(() -> {
            isAbandoned = true;
            machine.stop();
        });
        return ended;
    }

    CompletableFuture<String> whenEnded() {
        return ended;
    }

    MemberView view() {
        return view;
    }

    /** Judged by the clock, too: the thread of this member may be late. */
    boolean isAlive() {
        SessionLink current = link;
        if (current == null || !view.isMember()) {
            return false;
        }
        long silentNanos = System.nanoTime() - current.lastAckNanos();
        return silentNanos < FENCE_SHARE * TimeUnit.MILLISECONDS.toNanos(current.timeoutMillis());
    }

    /** Whether the host has been told of a partition, and was not asked to stop since. */
    boolean isTold(TopicPartition partition) {
        return share.mayProcess(partition);
    }

    boolean mayProcess(TopicPartition partition) {
        return isTold(partition) && isAlive();
    }

    // ---- orders

    @Override
    public void openSession() {
        closeSession();
        failReads("the session is gone");
        hadSession = false;
        Executor inOrder = this::execute;
        link = new SessionLink(builder, inOrder, new FromSession());
        // The next session is another one.
        builder.resume(null);
    }

    @Override
    public void closeSession() {
        SessionLink old = link;
        link = null;
        if (old != null) {
            CompletableFuture<Void> closing = isAbandoned ? old.abandon() : old.close();
            assert closing != null;
        }
    }

    @Override
    public void multi(long id, List<TreeOp> ops) {
        link.multi(id, ops);
    }

    @Override
    public void read(long id, List<TreeRead> reads) {
        link.read(id, reads);
    }

    @Override
    public void exists(long id, String path) {
        link.exists(id, path);
    }

    @Override
    public void watch(long id, String path, boolean recursive) {
        link.watch(id, path, recursive);
    }

    @Override
    public void unwatch(long id, String path, boolean recursive) {
        link.unwatch(id, path, recursive);
    }

    @Override
    public void assigned(Map<TopicPartition, OptionalLong> offsets) {
        publish();
        long order = share.assigned(offsets.keySet());
        host.assigned(offsets, () -> share.heard(order, offsets.keySet()));
    }

    @Override
    public void revoke(long revocation, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> orders = share.askedBack(partitions);
        host.revoke(
                Set.copyOf(partitions),
                () -> step(() -> {
                    share.stopped(orders);
                    machine.onRevoked(revocation);
                }));
    }

    @Override
    public void revokeOverdue(Set<TopicPartition> partitions) {
        LOG.warn("group {}: the host has not given up {} in time", group, partitions);
        share.lost(partitions);
        host.interrupt();
        host.lost(Set.copyOf(partitions));
    }

    @Override
    public void lost(Set<TopicPartition> partitions) {
        share.lost(partitions);
        publish();
        host.interruptAfter(revokeMillis);
        host.lost(Set.copyOf(partitions));
    }

    @Override
    public void moved(long move, TopicPartition partition, long offset) {
        host.moved(partition, offset, () -> step(() -> machine.onMoved(move)));
    }

    @Override
    public void complain(String what) {
        LOG.warn("group {}: {}; tried again from time to time", group, what);
    }

    @Override
    public void committed(long commit, String failure) {
        answer(commits.remove(commit), null, failure);
    }

    @Override
    public void offsets(long read, Map<TopicPartition, OptionalLong> offsets, String failure) {
        answer(reads.remove(read), offsets, failure);
    }

    /** @param question null if nobody waits any more */
    private static <T> void answer(CompletableFuture<T> question, T value, String failure) {
        if (question != null && failure == null) {
            // What depends on it must not run on, and hold up, this thread.
            CompletableFuture<T> same = question.completeAsync(() -> value);
            assert same != null;
        } else if (question != null) {
            question.completeExceptionally(new CommitFailedException(failure));
        }
    }

    private void failReads(String reason) {
        reads.values().forEach(each -> each.completeExceptionally(new CommitFailedException(reason)));
        reads.clear();
    }

    @Override
    public void alarm(Alarm alarm) {
        if (alarms.merge(alarm, 1L, Long::sum) == 1) {
            LOG.warn("group {}: {}; counted from now on", group, alarm);
        }
    }

    Map<Alarm, Long> alarms() {
        return Map.copyOf(alarms);
    }

    @Override
    public void ended(End end, String reason) {
        LOG.info("group {}: the member has ended ({}): {}", group, end, reason);
        isOver = true;
        view = MemberView.NONE;
        commits.values().forEach(each -> each.completeExceptionally(new CommitFailedException(reason)));
        commits.clear();
        failReads(reason);
        host.ended(reason, () -> ended.complete(reason));
        // Tasks of the closing session still come.
        ScheduledFuture<?> later = thread.schedule(thread::shutdown, 1, TimeUnit.MINUTES);
        assert later != null;
    }
}
