package io.quorate.wire.client;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Owns how many requests have no answer yet, and who waits for that to become fewer. Any thread. */
final class Admission {
    private final int max;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final Queue<CompletableFuture<Void>> waiters = new ConcurrentLinkedQueue<>();

    Admission(int max) {
        this.max = max;
    }

    int max() {
        return max;
    }

    /** Counts one more; false, and nothing counted, if there are too many. */
    boolean tryEnter() {
        if (outstanding.incrementAndGet() <= max) {
            return true;
        }
        leave();
        return false;
    }

    /** One has its answer. */
    void leave() {
        if (outstanding.decrementAndGet() < max) {
            wake();
        }
    }

    /** Completes when there is room. */
    CompletableFuture<Void> whenReady() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        waiters.add(ready);
        if (outstanding.get() < max) {
            wake();
        }
        return ready;
    }

    private void wake() {
        for (CompletableFuture<Void> waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            waiter.complete(null);
        }
    }
}
