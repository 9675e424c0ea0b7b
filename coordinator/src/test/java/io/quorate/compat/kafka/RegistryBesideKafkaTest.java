package io.quorate.compat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.registry.BrokerMember;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.placement.RackMode;
import io.quorate.wire.client.CoordinatorClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The broker registry and a Kafka 3.9.1 broker in one tree: each takes what the other writes, and one of them is controller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegistryBesideKafkaTest {
    private static final int KAFKA = 1;
    private static final int OURS = 100;
    private static final long CALL_SECONDS = 120;

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    private String classPath;
    private Broker kafka;
    private Admin admin;
    private CoordinatorClient client;
    private BrokerRegistry registry;

    @BeforeAll
    void startKafka() throws Exception {
        classPath = KafkaJars.classPath("3.9.1");
        kafka = new Broker(KAFKA, SERVER.folder().resolve("broker-1"), SERVER.connectString() + "/shared");
        kafka.start(classPath);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.address()));
        client = CoordinatorClient.builder(SERVER.connectString() + "/shared")
                .sessionTimeout(Duration.ofSeconds(30))
                .connect();
        registry = BrokerRegistry.on(client);
        await().until(() -> ask(registry.read().broker(KAFKA)) != null && kafka.isAlive());
    }

    @AfterAll
    void stop() throws Exception {
        admin.close(Duration.ZERO);
        client.close();
        kafka.close();
    }

    @Test
    void oneTreeTwoKindsOfBrokers() throws Exception {
        kafkaIsSeen();
        kafkaTakesWhatWeWrite();
        BrokerMember member = join();
        try (member) {
            oneControllerAtATime(member);
        }
        kafkaTakesOver();
    }

    private void kafkaIsSeen() throws Exception {
        assertThat(ask(registry.read().broker(KAFKA)).info().plaintext().address())
                .isEqualTo(kafka.address());
        await().until(() -> ask(registry.read().controller()).brokerId() == KAFKA);
        ask(admin.createTopics(List.of(new NewTopic("theirs", 3, (short) 1))).all());
        await().untilAsserted(() -> assertThat(describe("theirs").partitions())
                .hasSize(3)
                .allSatisfy(partition -> {
                    assertThat(partition.leader()).isEqualTo(KAFKA);
                    assertThat(partition.isr()).containsExactly(KAFKA);
                }));
        assertThat(describe("theirs").topicId())
                .isEqualTo(ask(admin.describeTopics(List.of("theirs")).allTopicNames())
                        .get("theirs")
                        .topicId()
                        .toString());
        assertThat(ask(registry.read().clusterId()))
                .isEqualTo(ask(admin.describeCluster().clusterId()));
    }

    private void kafkaTakesWhatWeWrite() throws Exception {
        ask(registry.topics().create("ours", 2, 1, RackMode.SAFE, Map.of("retention.ms", "123456789")));
        awaitOnline("ours", 2);
        assertThat(configInKafka("ours", "retention.ms")).isEqualTo("123456789");
        ask(registry.topics().addPartitions("ours", 4, RackMode.SAFE));
        awaitOnline("ours", 4);
        ask(registry.configs().alter(ConfigEntity.topic("ours"), Map.of("retention.ms", "987654321")));
        await().untilAsserted(
                        () -> assertThat(configInKafka("ours", "retention.ms")).isEqualTo("987654321"));
        assertThat(describe("ours").topicId())
                .isEqualTo(ask(admin.describeTopics(List.of("ours")).allTopicNames())
                        .get("ours")
                        .topicId()
                        .toString());
        ask(registry.topics().requestDeletion("theirs"));
        await().untilAsserted(() -> assertThat(ask(admin.listTopics().names())).containsExactly("ours"));
        await().until(() -> ask(registry.read().pendingDeletions()).isEmpty());
    }

    private BrokerMember join() {
        BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", 9));
        return BrokerMember.join(
                CoordinatorClient.builder(SERVER.connectString() + "/shared").sessionTimeout(Duration.ofSeconds(30)),
                MemberSettings.of(OURS, info),
                new MemberListener() {});
    }

    private void oneControllerAtATime(BrokerMember member) throws Exception {
        ask(member.whenRegistered());
        await().untilAsserted(
                        () -> assertThat(ask(admin.describeCluster().nodes())).hasSize(2));
        assertThat(ask(member.controllerEpoch())).isZero();
        int epoch = ask(registry.read().controllerEpoch());

        kafka.kill();
        await().until(() -> ask(member.controllerEpoch()) == epoch + 1);
        await().untilAsserted(() -> assertThat(describe("ours").partitions())
                .allMatch(
                        partition -> partition.leader() == -1 && partition.isr().equals(List.of(KAFKA))));
        // Made while we are controller, and led by the one who is there.
        ask(registry.topics().create("between", new TreeMap<>(Map.of(0, List.of(OURS))), Map.of()));
        await().until(() -> describe("between").partitions().get(0).leader() == OURS);

        kafka.start(classPath);
        await().until(() -> ask(registry.read().broker(KAFKA)) != null);
        await().untilAsserted(() ->
                assertThat(describe("ours").partitions()).allSatisfy(partition -> assertLed(partition, epoch + 1)));
        assertThat(ask(registry.read().controller()).brokerId()).isEqualTo(OURS);
        assertThat(ask(registry.read().controllerEpoch())).isEqualTo(epoch + 1);
        ask(registry.topics().requestDeletion("between"));
        await().until(() -> !ask(registry.read().topicNames()).contains("between"));
    }

    private static void assertLed(PartitionDescription partition, int controllerEpoch) {
        assertThat(partition.leader()).isEqualTo(KAFKA);
        assertThat(partition.state().controllerEpoch()).isEqualTo(controllerEpoch);
    }

    private void kafkaTakesOver() throws Exception {
        await().until(() -> ask(registry.read().controller()).brokerId() == KAFKA);
        awaitOnline("ours", 4);
        ask(admin.createTopics(List.of(new NewTopic("later", 1, (short) 1))).all());
        awaitOnline("later", 1);
        assertThat(ask(registry.read().controllerEpoch())).isGreaterThanOrEqualTo(3);
    }

    private void awaitOnline(String topic, int partitions) {
        await().untilAsserted(() -> assertThat(
                        ask(admin.describeTopics(List.of(topic)).allTopicNames())
                                .get(topic)
                                .partitions())
                .hasSize(partitions)
                .allMatch(partition ->
                        partition.leader() != null && partition.leader().id() == KAFKA));
    }

    private String configInKafka(String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return ask(admin.describeConfigs(Set.of(resource)).all())
                .get(resource)
                .get(key)
                .value();
    }

    private TopicDescription describe(String topic) throws Exception {
        return ask(registry.read().describe(List.of(topic))).get(topic);
    }

    private static <T> T ask(KafkaFuture<T> future) throws Exception {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T ask(CompletableFuture<T> future) throws Exception {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(CALL_SECONDS))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }
}
