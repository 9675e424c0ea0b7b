package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.compat.kafka.KafkaJars;
import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.layout.Threads;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.MemberFacts;
import io.quorate.groups.read.PartitionFacts;
import io.quorate.wire.client.CreateMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ours and real old consumers in one group, on Quorate: whoever comes and goes, all come to what the old protocol says. */
@EnabledIfSystemProperty(
        named = "quorate.groups.mixed",
        matches = "true",
        disabledReason = "starts old consumers, which take their time; profile long does")
final class MixedGroupTest extends GroupFixture {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    MixedGroupTest() {
        super(SERVER);
    }

    @Test
    void oldConsumersShareWithOurs() throws Exception {
        broker();
        Host a = join(ours("a"));
        Host b = join(ours("b"));
        awaitShared(8, a, b);
        OldConsumer old = start("first");
        awaitOldShares(3);
        assertThat(old.output()).doesNotContain("ConsumerRebalanceFailedException");

        OldConsumer second = start("second");
        awaitOldShares(4);
        a.member().leave().join();
        awaitOldShares(3);

        old.kill();
        awaitOldShares(2);
        second.kill();
        awaitStable("mixed", GroupMode.NATIVE, 1);
        awaitShared(8, b);
        assertThat(second.output()).doesNotContain("ConsumerRebalanceFailedException");
    }

    private GroupConfig ours(String name) {
        return new GroupConfig("mixed", Subscription.topics(List.of("orders")))
                .with(Identity.named(name))
                .with(QUICK);
    }

    private OldConsumer start(String name) throws IOException, InterruptedException {
        return keep(OldConsumer.start(
                KafkaJars.classPath("0.10.2.2"),
                SERVER.connectString(),
                "mixed",
                "orders",
                SERVER.folder().resolve(name + ".out")));
    }

    /** Old consumers do nothing while no broker is registered; that it does not answer is no affair of the group. */
    private void broker() {
        String body = "{\"version\":4,\"host\":\"127.0.0.1\",\"port\":1,\"jmx_port\":-1,\"timestamp\":\"1\","
                + "\"endpoints\":[\"PLAINTEXT://127.0.0.1:1\"],"
                + "\"listener_security_protocol_map\":{\"PLAINTEXT\":\"PLAINTEXT\"}}";
        client().sync().create("/brokers/ids", null, CreateMode.PERSISTENT);
        client().sync().create("/brokers/ids/0", body.getBytes(StandardCharsets.UTF_8), CreateMode.EPHEMERAL);
    }

    private void awaitOldShares(int members) {
        await().untilAsserted(() -> {
            GroupFacts facts = reader().describe("mixed").orElseThrow();
            assertThat(facts.mode()).isEqualTo(GroupMode.COMPAT);
            assertThat(facts.members()).hasSize(members);
            Map<String, Subscription> wanted = new TreeMap<>();
            for (MemberFacts each : facts.members()) {
                wanted.put(each.id(), each.subscription());
            }
            Map<TopicPartition, String> owners = new TreeMap<>();
            SortedMap<String, SortedSet<Integer>> partitions = new TreeMap<>(Map.of("orders", new TreeSet<>()));
            for (PartitionFacts each : facts.partitions()) {
                owners.put(each.partition(), each.ownerThread());
                partitions.get("orders").add(each.partition().partition());
            }
            assertThat(owners)
                    .isEqualTo(new TreeMap<>(
                            LegacyStrategy.RANGE.assign(Threads.byTopic(wanted, List.of("orders"), true), partitions)));
        });
    }
}
