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

    /** A host, as far as the board knows it. */
    @FunctionalInterface
    interface Owner {
        /** Whether it may process a partition at this moment: not if it has been out of touch for too long. */
        boolean mayProcess(TopicPartition partition);
    }

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<TopicPartition, Entry> entries = new HashMap<>();
    private int unowned;
    private long unownedNanos;
    private long completeNanos;
    private int conflicts;

    private static final class Entry {
        private Owner owner;
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
    void taken(Collection<TopicPartition> partitions, Owner by) {
        lock.lock();
        try {
            long now = System.nanoTime();
            partitions.forEach(partition -> taken(partition, by, now));
        } finally {
            lock.unlock();
        }
    }

    private void taken(TopicPartition partition, Owner by, long now) {
        Entry entry = entries.get(partition);
        if (entry.owner == null) {
            unownedNanos += now - entry.sinceNanos;
            unowned--;
            completeNanos = unowned == 0 ? now : completeNanos;
        } else if (entry.owner != by && entry.owner.mayProcess(partition)) {
            // One whose session is over may not know it yet; that it must not go on is enough.
            conflicts++;
        }
        entry.owner = by;
    }

    /** A host does not process these any more; those that others have are theirs. */
    void given(Collection<TopicPartition> partitions, Owner by) {
        lock.lock();
        try {
            long now = System.nanoTime();
            partitions.forEach(partition -> given(entries.get(partition), by, now));
        } finally {
            lock.unlock();
        }
    }

    private void given(Entry entry, Owner by, long now) {
        if (entry.owner == by) {
            entry.owner = null;
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

    /** How often a partition was taken that somebody else could still process. */
    int conflicts() {
        lock.lock();
        try {
            return conflicts;
        } finally {
            lock.unlock();
        }
    }
}
