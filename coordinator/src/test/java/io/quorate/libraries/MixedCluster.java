package io.quorate.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.kafka.Broker;
import io.quorate.compat.kafka.KafkaJars;
import io.quorate.compat.kafka.Tools;
import io.quorate.ensemble.CommitFeed;
import io.quorate.ensemble.EnsembleProcesses;
import io.quorate.ensemble.Member;
import io.quorate.harness.Folders;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.placement.RackMode;
import io.quorate.registry.sim.SimNode;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Two brokers of some version of Kafka and one of this library, without data, on an ensemble of three. All are candidates, and all
 * that is committed is judged. Used by one thread.
 */
final class MixedCluster implements AutoCloseable {
    static final int OURS = 3;
    static final Set<Integer> ALL = Set.of(1, 2, OURS);

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final long CALL_SECONDS = 300;
    private static final int TRIES_MAX = 30;

    private final KafkaKind kafka;
    private final Path folder;
    private final Map<Integer, ClusterBroker> brokers = new TreeMap<>();
    private final LibraryHistory history;
    private final Terms terms = new Terms(OURS);
    private final List<String> topics = new ArrayList<>();
    private final EnsembleProcesses ensemble;
    private CommitFeed feed;
    private CoordinatorClient client;
    private BrokerRegistry registry;
    private Admin admin;
    private Tools tools;

    /** Nothing is started yet. */
    MixedCluster(KafkaKind kafka) {
        this.kafka = kafka;
        String name = "MixedCluster-" + kafka.version();
        folder = Folders.empty("libraries", name);
        history = LibraryHistory.besideKafka(OURS, kafka.electsInSteps());
        ensemble = EnsembleProcesses.of(name, 3, EnsembleProcesses.KIND).with("commitLogCount", "100000");
    }

    /** Starts all, and returns when they are registered. */
    void open() throws Exception {
        String classPath = KafkaJars.classPath(kafka.version());
        ensemble.start();
        history.tree().observe(terms::note);
        feed = CommitFeed.open(ensemble, history::commit);
        client = CoordinatorClient.builder(ensemble.connectString())
                .sessionTimeout(Duration.ofMinutes(2))
                .connect();
        registry = BrokerRegistry.on(client);
        List<String> addresses = new ArrayList<>();
        for (int id : List.of(1, 2)) {
            Broker broker = new Broker(id, folder.resolve("broker-" + id), ensemble.connectString())
                    // Nobody answers if it is ours that is controller.
                    .with("controlled.shutdown.max.retries", "1")
                    .with("controlled.shutdown.retry.backoff.ms", "100");
            addresses.add(broker.address());
            brokers.put(id, new ClusterBroker.OfKafka(broker, classPath));
        }
        brokers.put(
                OURS,
                new ClusterBroker.Ours(Player.broker(
                        OURS,
                        folder,
                        ensemble.members().stream().map(Member::address).toList())));
        brokers.values().forEach(ClusterBroker::start);
        tools = Tools.start(kafka.toolsVersion(), folder.resolve("tools.out"));
        await("brokers").until(() -> feed.last() > 0 && problem() == null);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", addresses)));
    }

    @Override
    public void close() {
        for (ClusterBroker each : brokers.values()) {
            each.close();
        }
        if (tools != null) {
            tools.close();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        if (client != null) {
            client.close();
        }
        if (feed != null) {
            feed.close();
        }
        ensemble.close();
    }

    // ---- the office

    /** Who is controller; waits until somebody is. */
    ClusterBroker controller() {
        return await("a controller")
                .until(
                        () -> {
                            feed.check();
                            return history.ask(this::officer);
                        },
                        found -> found != null);
    }

    private ClusterBroker officer() {
        SimNode node = history.tree().node(RegistryPaths.CONTROLLER);
        return node == null ? null : brokers.get(terms.latest());
    }

    /** Deletes the controller's node, as operators do, if it is there. */
    void removeController() throws Exception {
        // It may be gone: the session of a broker ends if its process gets no time.
        ask(client.delete(RegistryPaths.CONTROLLER, -1).exceptionally(failure -> null));
    }

    /** How often somebody was elected. */
    int terms() {
        return history.ask(terms::count);
    }

    /** Waits for one more. */
    void awaitTermAfter(int count) {
        await("another controller").until(() -> {
            feed.check();
            return terms() > count && history.ask(this::officer) != null;
        });
    }

    /** Moves the office until somebody has it for whom this is true. */
    void moveOfficeTo(IntPredicate wanted) throws Exception {
        for (int tries = 0; !wanted.test(controller().id()); tries++) {
            assertThat(tries).as("elections that went otherwise").isLessThan(TRIES_MAX);
            int before = terms();
            removeController();
            awaitTermAfter(before);
        }
    }

    // ---- topics

    /** Our library creates a topic; waits until it is there, not until it is led. */
    void createWithOurs(int partitions, int replicas) {
        String topic = name("ours");
        await(topic).ignoreExceptions().until(() -> {
            CompletableFuture<?> created =
                    registry.topics().create(topic, partitions, replicas, RackMode.SAFE, Map.of());
            ask(created.exceptionally(failure -> null));
            return ask(registry.read().topicNames()).contains(topic);
        });
    }

    /** A client asks a broker of Kafka, which asks its controller: the office moves to Kafka if it is not there. */
    void createWithClient(int partitions, int replicas) {
        String topic = name("client");
        await(topic).ignoreExceptions().until(() -> {
            if (!ask(registry.read().topicNames()).contains(topic)) {
                moveOfficeTo(id -> id != OURS);
                ask(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) replicas)))
                        .all());
            }
            return true;
        });
    }

    /** Kafka's old command writes into the tree, whoever is controller. */
    void createWithTool(int partitions, int replicas) {
        tools.run(
                        "kafka.admin.TopicCommand",
                        "--zookeeper",
                        ensemble.connectString(),
                        "--create",
                        "--topic",
                        name("tool"),
                        "--partitions",
                        Integer.toString(partitions),
                        "--replication-factor",
                        Integer.toString(replicas))
                .good();
    }

    /** What Kafka 2.4 to 2.7 would write (registry spec 1.2). */
    void createAsVersion2() throws Exception {
        String body =
                "{\"version\":2,\"partitions\":{\"0\":[1,3],\"1\":[3,2]},\"adding_replicas\":{},\"removing_replicas\":{}}";
        ask(client.create(
                RegistryPaths.topic(name("v2")), body.getBytes(StandardCharsets.UTF_8), CreateMode.PERSISTENT));
    }

    private String name(String by) {
        String name = by + "-" + topics.size();
        topics.add(name);
        return name;
    }

    // ---- rest

    /** Waits until all brokers are there and every partition of every topic is led. */
    void awaitRest() {
        AtomicReference<String> problem = new AtomicReference<>();
        try {
            await("rest").until(() -> {
                // One that finds its id taken, for its own last session lives, ends and is started again by whoever
                // looks after it.
                brokers.values().forEach(ClusterBroker::start);
                problem.set(problem());
                return problem.get() == null;
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no rest: " + problem.get(), e);
        }
    }

    private String problem() {
        feed.check();
        return history.ask(() -> {
            String problem = RegistryRest.besideKafka(history).problem(ALL);
            boolean areAllMade = history.tree().children(RegistryPaths.TOPICS).containsAll(topics);
            return problem == null && !areAllMade ? "topics are missing" : problem;
        });
    }

    /** Kafka's brokers, our library and the history must tell the same about all topics; Kafka's controller must be in office. */
    void compare() throws Exception {
        await("Kafka and we tell the same").ignoreExceptions().untilAsserted(() -> {
            Map<String, TopicDescription> theirs =
                    ask(admin.describeTopics(topics).allTopicNames());
            Map<String, io.quorate.registry.model.TopicDescription> ours =
                    ask(registry.read().describeAll());
            assertThat(ours.keySet()).containsAll(topics);
            for (String topic : topics) {
                List<String> told = theirs.get(topic).partitions().stream()
                        .map(MixedCluster::line)
                        .toList();
                assertThat(ours.get(topic).partitions().stream().map(MixedCluster::line))
                        .as(topic)
                        .containsExactlyElementsOf(told);
            }
        });
    }

    private static String line(TopicPartitionInfo partition) {
        return partition.partition() + ": " + partition.leader().id() + " of "
                + partition.replicas().stream().map(node -> node.id()).toList() + " in sync "
                + partition.isr().stream().map(node -> node.id()).sorted().toList();
    }

    private static String line(PartitionDescription partition) {
        return partition.id().partition() + ": " + partition.leader() + " of "
                + partition.replicas().replicas() + " in sync "
                + partition.isr().stream().sorted().toList();
    }

    /** Failures of our broker that no rule of the tree shows. */
    void checkOutput() {
        Player ours = ((ClusterBroker.Ours) brokers.get(OURS)).player();
        assertThat(ours.process().output()).doesNotContain("AssertionError", "its own logic failed");
    }

    /** The office must have gone so often from Kafka to us, and back. */
    void checkMoves(int least) {
        assertThat(history.ask(terms::toUs)).as("times from Kafka to us").isGreaterThanOrEqualTo(least);
        assertThat(history.ask(terms::fromUs)).as("times from us to Kafka").isGreaterThanOrEqualTo(least);
    }

    /** What has happened so far. */
    String story() {
        return history.ask(() ->
                topics.size() + " topics, " + history.checked() + " transactions, " + terms + "; " + terms.census());
    }

    private static <T> T ask(CompletableFuture<T> future) throws Exception {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T ask(KafkaFuture<T> future) throws Exception {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(100));
    }
}
