package io.quorate.bench;

import io.quorate.groups.assignor.TopicPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Owns who processes what, as the hosts of all members see it: how many partitions nobody has, for how long, and whether two
 * ever had one at the same time. Any thread.
 */
final class OwnershipBoard {

    private static final double SECOND_NANOS = 1e9;

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<TopicPartition, Entry> entries = new HashMap<>();
    private int unowned;
    private long unownedNanos;
    private long completeNanos;
    private int conflicts;

    private static final class Entry {
        private int owners;
        private long sinceNanos;
    }

    /** A board of partitions that nobody has yet. */
    OwnershipBoard(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> entries.put(partition, new Entry()));
        unowned = entries.size();
        restart();
    }

    /** Begins to count anew how long partitions are not owned. */
    void restart() {
        lock.lock();
        try {
            long now = System.nanoTime();
            entries.values().forEach(entry -> entry.sinceNanos = now);
            unownedNanos = 0;
            completeNanos = now;
        } finally {
            lock.unlock();
        }
    }

    /** A host may process these. */
    void taken(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            long now = System.nanoTime();
            partitions.forEach(partition -> taken(entries.get(partition), now));
        } finally {
            lock.unlock();
        }
    }

    private void taken(Entry entry, long now) {
        entry.owners++;
        if (entry.owners > 1) {
            conflicts++;
            return;
        }
        unownedNanos += now - entry.sinceNanos;
        unowned--;
        if (unowned == 0) {
            completeNanos = now;
        }
    }

    /** A host does not process these any more. */
    void given(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            long now = System.nanoTime();
            partitions.forEach(partition -> given(entries.get(partition), now));
        } finally {
            lock.unlock();
        }
    }

    private void given(Entry entry, long now) {
        entry.owners--;
        if (entry.owners == 0) {
            entry.sinceNanos = now;
            unowned++;
        }
    }

    /** How many partitions nobody has. */
    int unowned() {
        lock.lock();
        try {
            return unowned;
        } finally {
            lock.unlock();
        }
    }

    /** How long partitions were not owned since the restart, summed over all that are owned now. */
    double unownedSeconds() {
        lock.lock();
        try {
            return unownedNanos / SECOND_NANOS;
        } finally {
            lock.unlock();
        }
    }

    /** When the last partition that nobody had was taken; the restart, if there was none. Of {@link System#nanoTime}. */
    long completeNanos() {
        lock.lock();
        try {
            return completeNanos;
        } finally {
            lock.unlock();
        }
    }

    /** How often a partition was taken that somebody had. */
    int conflicts() {
        lock.lock();
        try {
            return conflicts;
        } finally {
            lock.unlock();
        }
    }
}
