package io.quorate.registry.cache;

import io.quorate.registry.model.Broker;
import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Chooses partitions for messages, as producers do (registry spec 12.2). Messages of one key stay in one partition, whether
 * somebody leads it or not. Messages without a key stay where the last ones went until a batch is full, and then go to another
 * partition that somebody leads: to each as likely as to any other, or more likely the shorter its queue is.
 *
 * <p>Safe for use by any number of threads.
 */
public final class TopicRouter {
    private final Supplier<ClusterSnapshot> cluster;
    private final IntUnaryOperator chance;
    private final int batchBytes;
    private final ToIntFunction<TopicPartition> queued;
    private final Map<String, Batch> batches = new ConcurrentHashMap<>();

    private record Batch(int partition, int bytes) {}

    /**
     * A router.
     *
     * @param cluster gives the newest snapshot
     * @param chance gives a number from 0 to below its argument; called by any thread
     * @param batchBytes after so many bytes another partition is chosen
     * @param queued how many batches wait for a partition already
     */
    public TopicRouter(
            Supplier<ClusterSnapshot> cluster,
            IntUnaryOperator chance,
            int batchBytes,
            ToIntFunction<TopicPartition> queued) {
        this.cluster = cluster;
        this.chance = chance;
        this.batchBytes = batchBytes;
        this.queued = queued;
    }

    /**
     * The partition for a message.
     *
     * @param key null for none
     * @param bytes how long the message is
     * @throws IllegalArgumentException if there is no such topic
     */
    public TopicPartition partition(String topic, byte[] key, int bytes) {
        ClusterSnapshot now = cluster.get();
        int count = now.partitionCount(topic);
        if (batches.size() > now.topics().size()) {
            batches.keySet().retainAll(now.topics().keySet());
        }
        if (count == 0) {
            throw new IllegalArgumentException("no topic " + topic);
        }
        int partition = key != null
                ? KeyHash.partition(key, count)
                : batches.compute(topic, (name, batch) -> next(now, name, batch, bytes))
                        .partition();
        return new TopicPartition(topic, partition);
    }

    /** Of how many topics it is remembered where the last message went. */
    int batches() {
        return batches.size();
    }

    /** The broker to send messages of a partition to; null while nobody leads it. */
    public Broker leader(TopicPartition partition) {
        return cluster.get().leader(partition);
    }

    private Batch next(ClusterSnapshot now, String topic, Batch batch, int bytes) {
        boolean stays = batch != null
                && batch.bytes() < batchBytes
                && batch.partition() < now.partitionCount(topic)
                && now.leader(new TopicPartition(topic, batch.partition())) != null;
        return stays
                ? new Batch(batch.partition(), batch.bytes() + bytes)
                : new Batch(choose(now, topic, batch == null ? -1 : batch.partition()), bytes);
    }

    private int choose(ClusterSnapshot now, String topic, int last) {
        List<Integer> candidates = led(now, topic);
        if (candidates.isEmpty()) {
            // Nobody leads any: the message will wait, wherever it is.
            return chance.applyAsInt(now.partitionCount(topic));
        }
        if (candidates.size() > 1) {
            candidates.remove((Integer) last);
        }
        return weighted(topic, candidates);
    }

    private static List<Integer> led(ClusterSnapshot now, String topic) {
        List<Integer> led = new ArrayList<>();
        for (int partition = 0; partition < now.partitionCount(topic); partition++) {
            if (now.leader(new TopicPartition(topic, partition)) != null) {
                led.add(partition);
            }
        }
        return led;
    }

    /** The chance of a partition is the length of the longest queue and one more, less that of its own. */
    private int weighted(String topic, List<Integer> candidates) {
        int[] lengths = candidates.stream()
                .mapToInt(partition -> queued.applyAsInt(new TopicPartition(topic, partition)))
                .toArray();
        int longest = 0;
        int all = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
            all += length;
        }
        int drawn = chance.applyAsInt((longest + 1) * lengths.length - all);
        for (int i = 0; i < lengths.length; i++) {
            drawn -= longest + 1 - lengths[i];
            if (drawn < 0) {
                return candidates.get(i);
            }
        }
        throw new IllegalStateException("chance gave too much");
    }
}
