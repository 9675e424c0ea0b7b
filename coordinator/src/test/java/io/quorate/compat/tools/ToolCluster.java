package io.quorate.compat.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.compat.kafka.Broker;
import io.quorate.compat.kafka.KafkaJars;
import io.quorate.compat.kafka.Tools;
import io.quorate.compat.kafka.Tools.Said;
import io.quorate.coordinator.cli.Operator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * What both kinds of tools look at: two Kafka 3.9.1 brokers, of which the second one is stopped when everything has been made, so that
 * some partitions lack a replica, some a leader, two move and do not come to an end, and one topic waits for its deletion. Topics are
 * made by the command, by Kafka's tool, and by that of 0.10.2.2. Used by one thread.
 */
final class ToolCluster {

    /** Kafka's class that lists, describes, makes and deletes topics, from 2.8 on. */
    static final String TOPICS = "org.apache.kafka.tools.TopicCommand";
    /** That of old versions, which works on the tree. */
    static final String OLD_TOPICS = "kafka.admin.TopicCommand";

    private static final long CALL_SECONDS = 120;

    private final CompatServer server;
    private final Operator operator;
    private final Broker first;
    private final Broker second;
    private Tools tools;
    private Tools oldTools;
    private Admin admin;

    ToolCluster(CompatServer server) {
        this.server = server;
        this.operator = new Operator(server::connectString);
        this.first = broker(1);
        this.second = broker(2);
    }

    private Broker broker(int id) {
        return new Broker(id, server.folder().resolve("broker-" + id), server.connectString())
                .with("broker.rack", "rack-" + id)
                .with("offsets.topic.replication.factor", "1");
    }

    /** Starts everything, and returns when it stands as described above. */
    void start() throws Exception {
        String classPath = KafkaJars.classPath("3.9.1");
        first.start(classPath);
        second.start(classPath);
        tools = Tools.start("3.9.1", server.folder().resolve("tools.out"));
        oldTools = Tools.start("0.10.2.2", server.folder().resolve("old-tools.out"));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, first.address()));
        await().untilAsserted(
                        () -> assertThat(ask(admin.describeCluster().nodes())).hasSize(2));
        makeTopics();
        second.stop();
        await().untilAsserted(
                        () -> assertThat(ask(admin.describeCluster().nodes())).hasSize(1));
        ask(admin.alterPartitionReassignments(Map.of(
                        new TopicPartition("coming", 0),
                        Optional.of(new NewPartitionReassignment(List.of(1))),
                        new TopicPartition("going", 0),
                        Optional.of(new NewPartitionReassignment(List.of(2)))))
                .all());
        operator.types("topics", "delete", "marked").good();
        produce();
    }

    private void makeTopics() {
        topics(
                "--create",
                "--topic",
                "theirs",
                "--replica-assignment",
                "1:2,2:1,1:2",
                "--config",
                "retention.ms=500000");
        topics("--create", "--topic", "orders", "--replica-assignment", "1,1,1");
        topics("--create", "--topic", "logs", "--replica-assignment", "1,1");
        topics("--create", "--topic", "lost", "--replica-assignment", "2,1");
        topics("--create", "--topic", "placed.theirs", "--partitions", "4", "--replication-factor", "2");
        oldTopics("--create", "--topic", "old", "--replica-assignment", "1,2");
        operator.types(
                        "topics",
                        "create",
                        "ours",
                        "--replica-assignment",
                        "1:2,2:1",
                        "--config",
                        "min.insync.replicas=2",
                        "--config",
                        "cleanup.policy=compact,delete",
                        "--config",
                        "retention.ms=600000")
                .good();
        operator.types("topics", "create", "placed.ours", "--partitions", "4", "--replication-factor", "2")
                .good();
        operator.types("topics", "create", "coming", "--replica-assignment", "2")
                .good();
        operator.types("topics", "create", "going", "--replica-assignment", "1:2")
                .good();
        operator.types("topics", "create", "marked", "--replica-assignment", "2")
                .good();
        await().untilAsserted(() -> assertThat(Printed.lines(topics("--describe")))
                .hasSize(11 + 25)
                .noneMatch(line -> line.contains("Leader: none"))
                .noneMatch(line -> line.contains("Isr: \t")));
        awaitSame(
                "everybody is in sync",
                () -> List.of(),
                () -> Printed.lines(topics("--describe", "--under-replicated-partitions")));
    }

    /** Kafka's tool about topics; gives what it printed. */
    String topics(String... words) {
        return tools.run(TOPICS, with("--bootstrap-server", first.address(), words))
                .good();
    }

    /** The same of 0.10.2.2, on the tree. */
    String oldTopics(String... words) {
        return oldTools.run(OLD_TOPICS, with("--zookeeper", server.connectString(), words))
                .good();
    }

    /** Any tool of 3.9.1 that asks brokers. */
    Said tool(String main, String... words) {
        return tools.run(main, with("--bootstrap-server", first.address(), words));
    }

    /** Any tool of 0.10.2.2 that reads the tree. */
    Said oldTool(String main, String... words) {
        return oldTools.run(main, with("--zookeeper", server.connectString(), words));
    }

    /** Kafka's zookeeper-shell.sh with one command: what it prints behind its greetings. */
    Said shell(String... command) {
        return tools.run(
                "org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka",
                with("-server", server.connectString(), command));
    }

    private static String[] with(String option, String value, String... words) {
        String[] all = new String[words.length + 2];
        all[0] = option;
        all[1] = value;
        System.arraycopy(words, 0, all, 2, words.length);
        return all;
    }

    private void produce() throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                first.address(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                120_000);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 9; i++) {
                producer.send(new ProducerRecord<>("orders", i % 3, null, new byte[] {1}))
                        .get(3, TimeUnit.MINUTES);
            }
        }
    }

    Broker broker() {
        return first;
    }

    Admin admin() {
        return admin;
    }

    static <T> T ask(KafkaFuture<T> future) throws Exception {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** What brokers tell each other takes its time to arrive, so both are asked again until they say the same. */
    static <T> void awaitSame(String what, Answers<T> ours, Answers<T> theirs) {
        await().untilAsserted(() -> assertThat(ours.get()).as(what).isEqualTo(theirs.get()));
    }

    /** What one side says. */
    @FunctionalInterface
    interface Answers<T> {
        /** Asks. */
        T get() throws Exception;
    }

    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(Long.getLong("quorate.tools.seconds", CALL_SECONDS)))
                .pollInterval(Duration.ofMillis(100));
    }

    /** Ends all that {@link #start} began. */
    void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {tools, oldTools, first::close, second::close}) {
            if (each != null) {
                each.close();
            }
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
