package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CallbacksTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final AtomicInteger rooms = new AtomicInteger();
    private final List<String> told = new ArrayList<>();
    private final Callbacks callbacks = new Callbacks(tasks::add, "unused", rooms::incrementAndGet);

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void aBatchIsOneTaskAndKeepsItsOrder() {
        callbacks.flush();
        assertThat(tasks).isEmpty();
        callbacks.add(() -> told.add("a"));
        callbacks.add(() -> told.add("b"));
        callbacks.flush();
        assertThat(tasks).hasSize(1);
        runAll();
        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void whatOneThrowsIsReportedAndTheNextIsTold() {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((where, thrown) -> told.add(thrown.getMessage()));
        try {
            callbacks.add(() -> {
                throw new IllegalStateException("mine");
            });
            callbacks.add(() -> told.add("next"));
            callbacks.flush();
            runAll();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
        assertThat(told).containsExactly("mine", "next");
    }

    @Test
    void itIsKnownWhetherACallbackRunsHere() {
        callbacks.add(() -> told.add("here " + callbacks.isRunningHere()));
        callbacks.flush();
        runAll();
        assertThat(told).containsExactly("here true");
        assertThat(callbacks.isRunningHere()).isFalse();
    }

    @Test
    void tooManyAreSaidToBeAndRoomIsToldOnce() {
        for (int i = 0; i <= Callbacks.WAITING_MAX; i++) {
            callbacks.add(() -> {});
            callbacks.flush();
        }
        assertThat(callbacks.isFull()).isTrue();
        runAll();
        assertThat(callbacks.isFull()).isFalse();
        assertThat(rooms).hasValue(1);
    }

    @Test
    void whatTheExecutorRefusesIsToldAtOnceAndDoesNotCountAsWaiting() {
        Callbacks refused = new Callbacks(
                task -> {
                    throw new java.util.concurrent.RejectedExecutionException("full");
                },
                "unused",
                rooms::incrementAndGet);
        for (int i = 0; i <= Callbacks.WAITING_MAX; i++) {
            refused.add(() -> told.add("told"));
            refused.flush();
        }
        assertThat(told).hasSize(Callbacks.WAITING_MAX + 1);
        assertThat(refused.isFull()).isFalse();
    }

    @Test
    void aClientWhoseExecutorWasShutDownStillEnds() {
        var executor = java.util.concurrent.Executors.newSingleThreadExecutor();
        CoordinatorClient client =
                CoordinatorClient.builder("127.0.0.1:1").callbacks(executor).connect();
        executor.shutdown();
        var exists = client.exists("/a");
        assertThat(client.abandon()).succeedsWithin(java.time.Duration.ofMinutes(1));
        assertThat(exists).isCompletedExceptionally();
        assertThat(client.closeAsync()).succeedsWithin(java.time.Duration.ofMinutes(1));
    }

    @Test
    void whatComesAfterTheEndIsStillTold() {
        callbacks.end();
        callbacks.add(() -> told.add("late"));
        callbacks.flush();
        assertThat(tasks).isEmpty();
        assertThat(told).containsExactly("late");
    }
}
