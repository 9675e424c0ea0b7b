package io.quorate.libraries;

import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.placement.RackMode;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Creates, changes and deletes topics all the time, whatever else happens. What cannot be done now is not done. For one thread. */
final class Operator implements AutoCloseable {
    private static final String MARK = "/mark";
    private static final long CALL_SECONDS = 120;
    private static final int TOPICS = 4;

    private final CoordinatorClient client;
    private final BrokerRegistry registry;
    private final List<Integer> brokers;
    private final Random random;

    /** Connects; {@code brokers} are the ids that there will be. */
    Operator(String connectString, List<Integer> brokers, Random random) {
        this.client = CoordinatorClient.builder(connectString)
                .sessionTimeout(Duration.ofMinutes(2))
                .connect();
        this.registry = BrokerRegistry.on(client);
        this.brokers = List.copyOf(brokers);
        this.random = random;
    }

    /** Makes the topics that the groups consume; all brokers must be there. */
    void createTopics(Map<String, Integer> topics) throws Exception {
        for (Map.Entry<String, Integer> each : topics.entrySet()) {
            ask(registry.topics().create(each.getKey(), each.getValue(), 2, RackMode.SAFE, Map.of()));
        }
    }

    /** Does something, and does not wait for it. */
    void step() {
        String topic = "t" + random.nextInt(TOPICS);
        List<Integer> shuffled = new ArrayList<>(brokers);
        Collections.shuffle(shuffled, random);
        List<Integer> target = List.copyOf(shuffled.subList(0, 1 + random.nextInt(2)));
        CompletableFuture<?> done =
                switch (random.nextInt(6)) {
                    case 0, 1 -> registry.topics()
                            .create(topic, 1 + random.nextInt(4), 1 + random.nextInt(3), RackMode.SAFE, Map.of());
                    case 2 -> registry.topics().requestDeletion(topic);
                    case 3 -> registry.topics().addPartitions(topic, 2 + random.nextInt(5), RackMode.SAFE);
                    case 4 -> describe(topic).thenCompose(found -> move(found, target));
                    default -> describe(topic)
                            .thenCompose(found -> registry.topics().requestPreferredElection(partitions(found)));
                };
        // A topic that is there already, or is not; a request that is under way; servers without a leader.
        CompletableFuture<?> whatever = done.exceptionally(refused -> null);
        assert whatever != null;
    }

    private CompletableFuture<SortedMap<String, TopicDescription>> describe(String topic) {
        return registry.read().describe(List.of(topic));
    }

    private CompletableFuture<Void> move(SortedMap<String, TopicDescription> found, List<Integer> target) {
        SortedMap<TopicPartition, List<Integer>> targets = new TreeMap<>();
        partitions(found).forEach(each -> targets.put(each, target));
        return registry.topics().requestReassignment(targets);
    }

    private static SortedSet<TopicPartition> partitions(SortedMap<String, TopicDescription> found) {
        SortedSet<TopicPartition> partitions = new TreeSet<>();
        found.values().forEach(topic -> topic.assignment()
                .replicas()
                .keySet()
                .forEach(number -> partitions.add(new TopicPartition(topic.name(), number))));
        return partitions;
    }

    /** Writes something, and returns its zxid: whoever has heard of that has heard of all that was before. */
    long mark(int round) throws Exception {
        byte[] data = Integer.toString(round).getBytes(StandardCharsets.UTF_8);
        if (!ask(client.exists(MARK)).exists()) {
            return ask(client.create(MARK, data, CreateMode.PERSISTENT)).stat().czxid();
        }
        return ask(client.setData(MARK, data, -1)).stat().mzxid();
    }

    private static <T> T ask(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}
