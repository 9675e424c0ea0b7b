package io.quorate.groups.host;

import io.quorate.groups.assignor.TopicPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What a host has been told of what it may process: it hears of it later than it was ordered, and in between a partition may
 * have been lost and be back. Safe for use by any number of threads; orders come from one.
 */
public final class HostShare {
    private record Given(long number, boolean isHeard, boolean isAskedBack) {}

    private final ConcurrentMap<TopicPartition, Given> given = new ConcurrentHashMap<>();
    private long last;

    /** These are given to the host, which does not know yet; returns the number of the order. */
    public long assigned(Collection<TopicPartition> partitions) {
        last++;
        partitions.forEach(each -> given.put(each, new Given(last, false, false)));
        return last;
    }

    /** The host is being told of the order with this number. */
    public void heard(long number, Collection<TopicPartition> partitions) {
        for (TopicPartition each : partitions) {
            given.computeIfPresent(
                    each, (same, now) -> now.number() == number ? new Given(number, true, now.isAskedBack()) : now);
        }
    }

    /** The host is asked to stop these; it may still commit. Returns by which orders it had them, for {@link #stopped}. */
    public Map<TopicPartition, Long> askedBack(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> orders = new HashMap<>();
        for (TopicPartition each : partitions) {
            given.computeIfPresent(each, (same, now) -> {
                orders.put(each, now.number());
                return new Given(now.number(), now.isHeard(), true);
            });
        }
        return orders;
    }

    /** The host has stopped what it was asked to; what it was given anew meanwhile, it has. */
    public void stopped(Map<TopicPartition, Long> orders) {
        orders.forEach((partition, number) ->
                given.computeIfPresent(partition, (same, now) -> now.number() == number ? null : now));
    }

    /** These are lost, whether the host knows or not. */
    public void lost(Collection<TopicPartition> partitions) {
        partitions.forEach(given::remove);
    }

    /** Whether the host was told of it and has not been asked to stop. */
    public boolean mayProcess(TopicPartition partition) {
        Given now = given.get(partition);
        return now != null && now.isHeard() && !now.isAskedBack();
    }

    /**
     * By which orders the host has these partitions; those that it does not have are not in it. Asked when the host hands in
     * offsets, and again with {@link #isStillHad} when they are used.
     */
    public Map<TopicPartition, Long> orders(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> orders = new HashMap<>();
        for (TopicPartition each : partitions) {
            Given now = given.get(each);
            if (now != null && now.isHeard()) {
                orders.put(each, now.number());
            }
        }
        return orders;
    }

    /** Whether the host still has a partition by the same order. */
    public boolean isStillHad(TopicPartition partition, Map<TopicPartition, Long> orders) {
        Given now = given.get(partition);
        Long before = orders.get(partition);
        return now != null && before != null && now.number() == before;
    }
}
