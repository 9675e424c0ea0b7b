package io.quorate.compat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two Kafka 3.9.1 brokers in ZooKeeper mode on the server under test, driven by Kafka's own clients. What a producer
 * was told is stored must be consumed, whichever process was killed meanwhile. The number of records is set by
 * {@code -Dquorate.kafka.records}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KafkaTest {

    private static final int RECORDS = Integer.getInteger("quorate.kafka.records", 5_000);
    private static final long CALL_SECONDS = 60;

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    private String classPath;
    private Broker first;
    private Broker second;
    private Admin admin;
    private ZooKeeper coordinator;

    @BeforeAll
    void startBrokers() throws Exception {
        classPath = KafkaJars.classPath("3.9.1");
        first = broker(1);
        second = broker(2);
        first.start(classPath);
        second.start(classPath);
        coordinator = new ZooKeeper(SERVER.connectString(), 30_000, event -> {});
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers()));
        awaitRegistered(first);
        awaitRegistered(second);
        await().untilAsserted(
                        () -> assertThat(ask(admin.describeCluster().nodes())).hasSize(2));
    }

    private static Broker broker(int id) {
        Path folder = SERVER.folder().resolve("broker-" + id);
        return new Broker(id, folder, SERVER.connectString() + "/kafka");
    }

    @AfterAll
    void stopBrokers() throws Exception {
        admin.close(Duration.ZERO);
        coordinator.close();
        first.close();
        second.close();
    }

    @Test
    void aTopicLivesThroughTheDeathOfABroker() throws Exception {
        createTopic("orders");
        int records;
        try (Load load = Load.start(servers(), "orders", RECORDS)) {
            load.awaitMore(RECORDS / 10);
            second.kill();
            await().until(() -> coordinator.exists(registration(second), false) == null);
            load.awaitMore(RECORDS / 10);
            second.start(classPath);
            awaitRegistered(second);
            awaitInSync("orders");
            records = load.finish();
        }
        consumeAll("orders", records);
        alter("orders");
        delete("orders");
    }

    @Test
    void everyAcknowledgedRecordSurvivesARestartOfTheCoordinator() throws Exception {
        createTopic("payments");
        int records;
        try (Load load = Load.start(servers(), "payments", RECORDS)) {
            load.awaitMore(RECORDS / 10);
            long firstSession = awaitRegistered(first);
            long secondSession = awaitRegistered(second);
            SERVER.kill();
            load.awaitMore(RECORDS / 10);
            SERVER.startAgain();
            assertThat(awaitRegistered(first))
                    .as("the first broker stayed registered")
                    .isEqualTo(firstSession);
            assertThat(awaitRegistered(second))
                    .as("the second broker stayed registered")
                    .isEqualTo(secondSession);
            load.awaitMore(RECORDS / 10);
            createTopic("made-after-the-restart");
            awaitInSync("payments");
            records = load.finish();
        }
        consumeAll("payments", records);
        assertThat(first.isAlive() && second.isAlive()).isTrue();
        delete("payments");
    }

    private void createTopic(String name) throws Exception {
        ask(admin.createTopics(List.of(new NewTopic(name, 2, (short) 2))).all());
        awaitInSync(name);
        assertThat(coordinator.exists("/kafka/brokers/topics/" + name, false)).isNotNull();
    }

    /** Waits until every partition has a leader and both replicas in sync. */
    private void awaitInSync(String topic) {
        await().untilAsserted(() -> assertThat(describe(topic).partitions())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(partition -> {
                    assertThat(partition.leader()).isNotNull();
                    assertThat(partition.isr()).hasSize(2);
                }));
    }

    private TopicDescription describe(String topic) throws Exception {
        return ask(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    }

    /** Reads the numbers 0 to {@code records} - 1 through a group, commits, and looks the commit up. */
    private void consumeAll(String topic, int records) throws Exception {
        String group = topic + "-readers";
        BitSet seen = new BitSet(records);
        Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
        try (KafkaConsumer<Integer, Integer> consumer = consumer(group)) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * CALL_SECONDS);
            while (seen.cardinality() < records && System.nanoTime() < deadline) {
                for (ConsumerRecord<Integer, Integer> consumed : consumer.poll(Duration.ofMillis(200))) {
                    seen.set(consumed.value());
                    // By hand: what the consumer takes for its position goes with a partition that a rebalance takes
                    // away.
                    read.put(
                            new TopicPartition(consumed.topic(), consumed.partition()),
                            new OffsetAndMetadata(consumed.offset() + 1));
                }
            }
            consumer.commitSync(read, Duration.ofSeconds(CALL_SECONDS));
        }
        assertThat(seen.nextClearBit(0)).as("first record that is missing").isEqualTo(records);
        long committed = ask(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
        assertThat(committed).isGreaterThanOrEqualTo(records);
    }

    private KafkaConsumer<Integer, Integer> consumer(String group) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new IntegerDeserializer(), new IntegerDeserializer());
    }

    private void alter(String topic) throws Exception {
        ask(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(4))).all());
        await().untilAsserted(() -> assertThat(describe(topic).partitions()).hasSize(4));
        awaitInSync(topic);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp retention =
                new AlterConfigOp(new ConfigEntry("retention.ms", "123456789"), AlterConfigOp.OpType.SET);
        ask(admin.incrementalAlterConfigs(Map.of(resource, List.of(retention))).all());
        await().untilAsserted(() -> assertThat(
                        ask(admin.describeConfigs(Set.of(resource)).all())
                                .get(resource)
                                .get("retention.ms")
                                .value())
                .isEqualTo("123456789"));
    }

    private void delete(String topic) throws Exception {
        ask(admin.deleteTopics(List.of(topic)).all());
        await().until(() -> coordinator.exists("/kafka/brokers/topics/" + topic, false) == null
                && coordinator.exists("/kafka/admin/delete_topics/" + topic, false) == null);
        await().untilAsserted(() -> assertThat(ask(admin.listTopics().names())).doesNotContain(topic));
    }

    /** Waits until a broker is registered, and returns the session that it is with. */
    private long awaitRegistered(Broker broker) {
        return await().until(
                        () -> {
                            assertThat(broker.isAlive())
                                    .as("broker %d lives", broker.id())
                                    .isTrue();
                            return coordinator.exists(registration(broker), false);
                        },
                        Objects::nonNull)
                .getEphemeralOwner();
    }

    private static String registration(Broker broker) {
        return "/kafka/brokers/ids/" + broker.id();
    }

    private String servers() {
        return first.address() + "," + second.address();
    }

    private static <T> T ask(KafkaFuture<T> future) throws Exception {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(2 * CALL_SECONDS))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions();
    }
}
