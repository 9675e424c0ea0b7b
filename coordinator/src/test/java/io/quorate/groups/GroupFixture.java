package io.quorate.groups;

import io.quorate.compat.CompatServer;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.read.GroupAdmin;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.GroupReader;
import io.quorate.groups.read.GroupState;
import io.quorate.groups.read.LogEndOffsets;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of groups share: a server, two topics, members that leave when a test ends, and a look from outside. */
class GroupFixture {
    /** Nothing here waits for long, except where a test says otherwise. */
    static final Timing QUICK = new Timing(100, 30_000, 60_000, 60_000, 500, 300_000);

    static final Duration SESSION = Duration.ofSeconds(20);

    private final CompatServer server;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private CoordinatorClient client;

    GroupFixture(CompatServer server) {
        this.server = server;
    }

    @BeforeEach
    void connect() {
        client = builder().connect();
        topic("orders", 8);
        topic("logs", 4);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        client.close();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
    }

    final <T extends AutoCloseable> T keep(T closed) {
        opened.add(0, closed);
        return closed;
    }

    final CompatServer server() {
        return server;
    }

    final CoordinatorClient client() {
        return client;
    }

    final GroupReader reader() {
        return new GroupReader(client, LogEndOffsets.UNKNOWN);
    }

    final GroupAdmin admin() {
        return new GroupAdmin(client);
    }

    final ClientBuilder builder() {
        return builder(server.connectString());
    }

    static ClientBuilder builder(String connectString) {
        return CoordinatorClient.builder(connectString).sessionTimeout(SESSION);
    }

    /** Gives a topic so many partitions. */
    final void topic(String topic, int partitions) {
        StringBuilder body = new StringBuilder("{\"version\":1,\"partitions\":{");
        for (int p = 0; p < partitions; p++) {
            body.append(p == 0 ? "" : ",").append('"').append(p).append("\":[1]");
        }
        byte[] data = body.append("}}").toString().getBytes(StandardCharsets.UTF_8);
        create("/brokers", null);
        create("/brokers/topics", null);
        if (!create("/brokers/topics/" + topic, data)) {
            client.sync().setData("/brokers/topics/" + topic, data, -1);
        }
    }

    private boolean create(String path, byte[] data) {
        try {
            client.sync().create(path, data, CreateMode.PERSISTENT);
            return true;
        } catch (CoordinatorException.NodeExists e) {
            return false;
        }
    }

    final GroupConfig config(String group, String name) {
        return new GroupConfig(group, Subscription.topics(List.of("orders", "logs")))
                .with(Identity.named(name))
                .with(QUICK);
    }

    final Host join(GroupConfig config, ClientBuilder servers) {
        return keep(Host.join(config, servers));
    }

    final Host join(GroupConfig config) {
        return keep(Host.join(config, builder()));
    }

    /** Waits until the group has so many members and everything is where it should be. */
    final GroupFacts awaitStable(String group, GroupMode mode, int members) {
        return await().until(
                        () -> reader().describe(group).orElse(null),
                        facts -> facts != null
                                && facts.mode() == mode
                                && facts.state() == GroupState.STABLE
                                && facts.members().size() == members);
    }

    /** Waits until the hosts have so many partitions together, each once, and none has two more than another. */
    final void awaitShared(int partitions, Host... hosts) {
        await().untilAsserted(() -> {
            SortedSet<TopicPartition> all = new TreeSet<>();
            int sum = 0;
            int most = 0;
            int least = partitions;
            for (Host each : hosts) {
                most = Math.max(most, each.positions().size());
                least = Math.min(least, each.positions().size());
                all.addAll(each.positions().keySet());
                sum += each.positions().size();
            }
            org.assertj.core.api.Assertions.assertThat(all).hasSize(partitions);
            org.assertj.core.api.Assertions.assertThat(sum).isEqualTo(partitions);
            org.assertj.core.api.Assertions.assertThat(most - least).isLessThanOrEqualTo(1);
        });
    }

    final OptionalLong committed(String group, TopicPartition partition) {
        return reader().describe(group).orElseThrow().partitions().stream()
                .filter(each -> each.partition().equals(partition))
                .findFirst()
                .orElseThrow()
                .committed();
    }

    static TopicPartition any(Host host) {
        return host.positions().firstKey();
    }

    static Set<TopicPartition> partitionsOf(Host host) {
        return new TreeSet<>(host.positions().keySet());
    }
}
