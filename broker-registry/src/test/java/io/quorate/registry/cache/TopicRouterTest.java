package io.quorate.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.registry.cache.ClusterSnapshot.TopicSnapshot;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicRouterTest {
    private static final int BATCH = 100;

    private final Random random = new Random(7);

    /** Broker 1 is there, broker 2 is not; partition i of topic t is led by the i-th. */
    private static ClusterSnapshot cluster(int... leaders) {
        TreeMap<Integer, Broker> brokers = new TreeMap<>();
        brokers.put(1, new Broker(1, 10, BrokerInfo.of(new Endpoint("A", "PLAINTEXT", "h", 1)), 0, 5));
        List<PartitionDescription> partitions = new ArrayList<>();
        for (int i = 0; i < leaders.length; i++) {
            partitions.add(new PartitionDescription(
                    new TopicPartition("t", i),
                    ReplicaSet.settled(List.of(1, 2)),
                    PartitionState.first(leaders[i], List.of(1), 1),
                    0));
        }
        return new ClusterSnapshot(1, brokers, null, Map.of("t", new TopicSnapshot("t", null, partitions)));
    }

    private TopicRouter router(ClusterSnapshot cluster) {
        return new TopicRouter(() -> cluster, random::nextInt, BATCH, partition -> 0);
    }

    @ParameterizedTest
    @CsvSource({"'', 275646681, 9, 0", "a, -1563381124, 4, 1", "user-1, 1404122828, 8, 11", "订单, 476285782, 10, 7"})
    void keysGoWhereProducersSendThem(String key, int hash, int partition, int legacy) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        assertThat(KeyHash.murmur2(bytes)).isEqualTo(hash);
        assertThat(KeyHash.partition(bytes, 12)).isEqualTo(partition);
        assertThat(KeyHash.legacyPartition(key, 12)).isEqualTo(legacy);
    }

    @Test
    void aKeyStaysInItsPartitionWhetherItIsLedOrNot() {
        byte[] key = "a".getBytes(StandardCharsets.UTF_8);
        assertThat(router(cluster(-1, -1, -1)).partition("t", key, 1))
                .isEqualTo(router(cluster(1, 1, 1)).partition("t", key, 1));
    }

    @Test
    void withoutAKeyABatchIsFilledBeforeAnotherPartitionIsChosen() {
        TopicRouter router = router(cluster(1, -1, 1, 2));
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            chosen.add(router.partition("t", null, BATCH / 4).partition());
        }
        assertThat(chosen).containsOnly(0, 2);
        for (int i = 0; i < 40; i++) {
            assertThat(chosen.get(i)).isEqualTo(chosen.get(i / 4 * 4));
            assertThat(i < 4 || !chosen.get(i).equals(chosen.get(i - 4))).isTrue();
        }
    }

    @Test
    void whereNobodyLeadsAnyPartitionWillDo() {
        TopicRouter router = router(cluster(-1, 2));
        assertThat(router.partition("t", null, 1).partition()).isBetween(0, 1);
        assertThat(router.leader(new TopicPartition("t", 1))).isNull();
        assertThat(router.leader(new TopicPartition("t", 9))).isNull();
        assertThatThrownBy(() -> router.partition("u", null, 1)).hasMessageContaining("no topic u");
    }

    @Test
    void topicsThatAreGoneAreForgotten() {
        AtomicReference<ClusterSnapshot> now = new AtomicReference<>();
        TopicRouter router = new TopicRouter(now::get, random::nextInt, BATCH, partition -> 0);
        for (int i = 0; i < 100; i++) {
            String name = "t" + i;
            List<PartitionDescription> partitions =
                    List.of(cluster(1).topics().get("t").partitions().get(0));
            now.set(new ClusterSnapshot(
                    i, cluster(1).brokers(), null, Map.of(name, new TopicSnapshot(name, null, partitions))));
            router.partition(name, null, 1);
            assertThat(router.batches()).isBetween(1, 2);
        }
    }

    @Test
    void shortQueuesGetMore() {
        int[] queues = {0, 3, 3};
        TopicRouter router =
                new TopicRouter(() -> cluster(1, 1, 1), random::nextInt, 1, partition -> queues[partition.partition()]);
        int[] counts = new int[3];
        for (int i = 0; i < 6_000; i++) {
            counts[router.partition("t", null, 1).partition()]++;
        }
        // Never twice in a row, so the favourite gets every second one, and less than that only by chance.
        assertThat(counts[0]).isGreaterThan(counts[1] + counts[2] / 2);
        assertThat(counts[1]).isPositive();
        assertThat(counts[2]).isPositive();
    }

    @Test
    void replicasOfBrokersThatAreGoneAreOffline() {
        assertThat(cluster(1).offlineReplicas(new TopicPartition("t", 0))).containsExactly(2);
        assertThat(cluster(1).leader(new TopicPartition("t", 0)).id()).isEqualTo(1);
    }
}
