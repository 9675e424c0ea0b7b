package io.quorate.registry.sim;

import io.quorate.registry.tree.Timers;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: tasks run when they are due, and time stands still in between. */
final class SimTime implements Timers {
    private record Task(long atMillis, long number, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::number));
    private long nowMillis = 1_000;
    private long numbers;

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public void after(long delayMillis, Runnable task) {
        tasks.add(new Task(nowMillis + Math.max(0, delayMillis), numbers++, task));
    }

    /** Runs what is due until then. */
    void runUntil(long millis) {
        while (!tasks.isEmpty() && tasks.peek().atMillis() <= millis) {
            Task task = tasks.poll();
            nowMillis = task.atMillis();
            task.action().run();
        }
        nowMillis = millis;
    }
}
