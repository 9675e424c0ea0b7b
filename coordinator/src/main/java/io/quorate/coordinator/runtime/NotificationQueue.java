package io.quorate.coordinator.runtime;

import io.quorate.coordinator.core.Event;
import java.util.Queue;
import org.jctools.queues.MpmcArrayQueue;

/** Notifications on their way to the core: a few, and the oldest goes when there are more (quorum protocol, section 2.4). */
final class NotificationQueue {

    private static final int NOTIFICATIONS_MAX = 128;

    // Those who put in may have to take out, so there are several of either.
    private final Queue<Event> queue = new MpmcArrayQueue<>(NOTIFICATIONS_MAX);

    /** Any thread. */
    void offer(Event notification) {
        while (!queue.offer(notification)) {
            queue.poll();
        }
    }

    /** The oldest one, null if there is none. */
    Event poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
