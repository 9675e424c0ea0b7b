package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.PartitionFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What groups in compat mode promise, on any server: what old consumers would have come to, without their faults. */
abstract class CompatGroupContract extends GroupFixture {
    private static final Policy COMPAT = Policy.DEFAULT.with(ModeWish.COMPAT);

    CompatGroupContract(CompatServer server) {
        super(server);
    }

    private GroupConfig compat(String group, String name, Subscription subscription, Policy policy) {
        return new GroupConfig(group, subscription, GroupConfig.Identity.named(name), policy, QUICK);
    }

    @Test
    void membersComeToTheSharesOfOldConsumers() {
        Subscription both = Subscription.topics(Map.of("orders", 2, "logs", 2));
        Host a = join(compat("range", "a", both, COMPAT));
        Host b = join(compat("range", "b", both, COMPAT));
        awaitShared(12, a, b);
        String first = a.member().view().id();
        String second = b.member().view().id();
        await().untilAsserted(() -> {
            Map<TopicPartition, String> threads = threads(awaitStable("range", GroupMode.COMPAT, 2));
            assertThat(threads)
                    .containsEntry(new TopicPartition("orders", 0), first + "-0")
                    .containsEntry(new TopicPartition("orders", 3), first + "-1")
                    .containsEntry(new TopicPartition("orders", 4), second + "-0")
                    .containsEntry(new TopicPartition("orders", 7), second + "-1")
                    .containsEntry(new TopicPartition("logs", 3), second + "-1");
        });
        a.member().leave().join();
        awaitShared(12, b);
    }

    @Test
    void roundRobinGoesByHash() {
        Policy policy = COMPAT.with(LegacyStrategy.ROUNDROBIN);
        Host a = join(compat("robin", "a", Subscription.topics(List.of("orders", "logs")), policy));
        Host b = join(compat("robin", "b", Subscription.topics(List.of("orders", "logs")), policy));
        awaitShared(12, a, b);
        assertThat(awaitStable("robin", GroupMode.COMPAT, 2).members())
                .allSatisfy(member -> assertThat(member.owned()).hasSize(6));
    }

    @Test
    void expressionsFollowNewTopics() {
        Host a = join(compat("pattern", "a", Subscription.whiteList("ord.*, lo.*", 1), COMPAT));
        awaitShared(12, a);
        topic("lotus", 2);
        await().untilAsserted(() -> assertThat(a.positions()).hasSize(14));
        client().sync().delete("/brokers/topics/lotus", -1);
        await().untilAsserted(() -> assertThat(a.positions()).hasSize(12));
    }

    @Test
    void whatStaysIsNotTouched() {
        Subscription both = Subscription.topics(List.of("orders", "logs"));
        Host a = join(compat("overlap", "a", both, COMPAT));
        awaitShared(12, a);
        Host b = join(compat("overlap", "b", both, COMPAT));
        awaitShared(12, a, b);
        assertThat(a.told().stream().filter(line -> line.startsWith("assigned")).count())
                .isEqualTo(1);
        assertThat(a.told().stream().filter(line -> line.startsWith("revoked"))).hasSize(1);
    }

    @Test
    void committedOffsetsAreHandedOver() {
        Subscription orders = Subscription.topics(List.of("orders"));
        Host a = join(compat("handed", "a", orders, COMPAT));
        awaitShared(8, a);
        TopicPartition last = new TopicPartition("orders", 7);
        a.member().commitSoon(Map.of(last, 33L));
        Host b = join(compat("handed", "b", orders, COMPAT));
        awaitShared(8, a, b);
        assertThat(b.positions()).containsEntry(last, 33L);
    }

    private static Map<TopicPartition, String> threads(GroupFacts facts) {
        Map<TopicPartition, String> threads = new TreeMap<>();
        for (PartitionFacts each : facts.partitions()) {
            threads.put(each.partition(), each.ownerThread());
        }
        return threads;
    }
}
