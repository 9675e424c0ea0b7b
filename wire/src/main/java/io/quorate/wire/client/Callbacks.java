package io.quorate.wire.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owns the order of what callers are told. Filled by the event loop, a batch at a time; run one after another by one executor.
 */
final class Callbacks {
    /** So many may wait; then no more is read from the server until half of them have run. */
    static final int WAITING_MAX = 20_000;

    private final Executor executor;
    private final ExecutorService owned;
    private final Runnable onRoom;
    private final AtomicInteger waiting = new AtomicInteger();
    private List<Runnable> batch = new ArrayList<>();
    private boolean ended;
    private volatile Thread running;

    /**
     * @param executorOrNull runs one task at a time, in order; null for a thread of one's own
     * @param threadName of that thread
     * @param onRoom called by the executor when, after too many, half of them have run
     */
    Callbacks(Executor executorOrNull, String threadName, Runnable onRoom) {
        this.owned =
                executorOrNull == null ? Executors.newSingleThreadExecutor(task -> daemon(task, threadName)) : null;
        this.executor = executorOrNull == null ? owned : executorOrNull;
        this.onRoom = onRoom;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** One more for the batch; the event loop's. */
    void add(Runnable callback) {
        batch.add(callback);
    }

    /** Hands the batch over; the event loop's, and it also runs what comes after the end or what the executor refuses. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<Runnable> full = batch;
        batch = new ArrayList<>();
        if (ended) {
            full.forEach(Callbacks::run);
        } else {
            waiting.addAndGet(full.size());
            handOver(full);
        }
    }

    /** Refused callbacks are told here and now: better early than never, for somebody may wait for them. */
    private void handOver(List<Runnable> full) {
        try {
            executor.execute(() -> run(full));
        } catch (RejectedExecutionException e) {
            full.forEach(Callbacks::run);
            ran(full.size());
        }
    }

    /** Whether reading should stop until {@code onRoom} is called. */
    boolean isFull() {
        return waiting.get() > WAITING_MAX;
    }

    /** Whether the calling thread is running a callback at this moment. */
    boolean isRunningHere() {
        return Thread.currentThread() == running;
    }

    /** Nothing that has an order follows; what was handed over still runs. The event loop's. */
    void end() {
        ended = true;
        if (owned != null) {
            owned.shutdown();
        }
    }

    private void run(List<Runnable> callbacks) {
        Thread before = running;
        running = Thread.currentThread();
        try {
            callbacks.forEach(Callbacks::run);
        } finally {
            running = before;
            ran(callbacks.size());
        }
    }

    private void ran(int callbacks) {
        int left = waiting.addAndGet(-callbacks);
        if (left <= WAITING_MAX / 2 && left + callbacks > WAITING_MAX / 2) {
            onRoom.run();
        }
    }

    /** What a listener or watcher throws is its own affair, and must not keep the next one from being told. */
    private static void run(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
