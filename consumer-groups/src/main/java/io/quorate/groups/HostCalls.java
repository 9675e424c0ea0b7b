package io.quorate.groups;

import io.quorate.groups.assignor.TopicPartition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener, in order, on a thread that may wait. */
final class HostCalls {
    private static final Logger LOG = LoggerFactory.getLogger(HostCalls.class);
    private static final long IDLE_SECONDS = 10;

    private final RebalanceListener listener;
    private final ExecutorService thread;
    /** The calls in which the host gives partitions up, in order; touched by the member's thread only. */
    private final Deque<Revoking> revoking = new ArrayDeque<>();

    /** One of them, when it was ordered, and what is completed when it is over. */
    private record Revoking(Future<?> call, long orderedNanos, CompletableFuture<Void> over) {}

    HostCalls(RebalanceListener listener, String name) {
        this.listener = listener;
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> daemon(task, name));
        // Most of the time there is nothing to tell, and a process may have many members.
        one.allowCoreThreadTimeOut(true);
        this.thread = one;
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @param before runs on the listener's thread just before the call */
    void assigned(Map<TopicPartition, OptionalLong> offsets, Runnable before) {
        thread.execute(guarded(() -> {
            before.run();
            listener.onAssigned(offsets);
        }));
    }

    void revoke(Set<TopicPartition> partitions, Runnable then) {
        forgetDone();
        CompletableFuture<Void> over = new CompletableFuture<>();
        Future<?> call = thread.submit(guarded(() -> {
            try {
                listener.onRevoked(partitions);
            } finally {
                over.complete(null);
                then.run();
            }
        }));
        revoking.add(new Revoking(call, System.nanoTime(), over));
    }

    /** The one that takes longest: those behind it have not begun. */
    void interrupt() {
        forgetDone();
        if (!revoking.isEmpty()) {
            revoking.remove().call().cancel(true);
        }
    }

    /** Nobody else will: those that are not over when they have taken so long since they were ordered. */
    void interruptAfter(long millis) {
        forgetDone();
        for (Revoking each : revoking) {
            long left = TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - each.orderedNanos());
            CompletableFuture<Void> interrupted = each.over()
                    .orTimeout(Math.max(0, left), TimeUnit.NANOSECONDS)
                    .exceptionally(late -> {
                        each.call().cancel(true);
                        return null;
                    });
            assert interrupted != null;
        }
    }

    private void forgetDone() {
        while (!revoking.isEmpty() && revoking.peek().call().isDone()) {
            revoking.remove();
        }
    }

    void lost(Set<TopicPartition> partitions) {
        thread.execute(guarded(() -> listener.onLost(partitions)));
    }

    void moved(TopicPartition partition, long offset, Runnable then) {
        thread.execute(guarded(() -> {
            try {
                listener.onMoved(partition, offset);
            } finally {
                then.run();
            }
        }));
    }

    /** The last call. */
    void ended(String reason, Runnable then) {
        thread.execute(guarded(() -> {
            try {
                listener.onEnded(reason);
            } finally {
                then.run();
            }
        }));
        thread.shutdown();
    }

    private static Runnable guarded(Runnable call) {
        return () -> {
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                LOG.error("the listener of a group member failed", e);
            }
        };
    }
}
