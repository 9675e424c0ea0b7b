package io.quorate.groups.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The old protocol's shares: recorded ones, and as many random ones as wanted against the assignors of Kafka 0.10.2.2. */
final class OldAssignorsTest {
    private static final int CASES = Integer.getInteger("quorate.groups.oracle.cases", 100);
    private static final String[] TOPICS = {"tA", "tB", "topic-x", "orders", "logs", "payments", "__consumer_offsets"};

    @Test
    void oneMemberWithTwoStreamsHasRuns() {
        assertThat(range(Map.of("g1_c1", streams(Map.of("tA", 2, "tB", 2)))))
                .isEqualTo(owners("tA 0-3 g1_c1-0", "tA 4-6 g1_c1-1", "tB 0-2 g1_c1-0", "tB 3-4 g1_c1-1"));
    }

    @Test
    void aSecondMemberTakesTheUpperHalf() {
        Subscription both = streams(Map.of("tA", 2, "tB", 2));
        assertThat(range(Map.of("g1_c1", both, "g1_c2", both)))
                .isEqualTo(owners(
                        "tA 0-1 g1_c1-0",
                        "tA 2-3 g1_c1-1",
                        "tA 4-5 g1_c2-0",
                        "tA 6-6 g1_c2-1",
                        "tB 0-1 g1_c1-0",
                        "tB 2-2 g1_c1-1",
                        "tB 3-3 g1_c2-0",
                        "tB 4-4 g1_c2-1"));
    }

    @Test
    void threadTenComesBeforeThreadTwo() {
        assertThat(range(Map.of("g4_c1", Subscription.whiteList("t.*", 12))))
                .isEqualTo(owners(
                        "tA 0-0 g4_c1-0",
                        "tA 1-1 g4_c1-1",
                        "tA 2-2 g4_c1-10",
                        "tA 3-3 g4_c1-11",
                        "tA 4-4 g4_c1-2",
                        "tA 5-5 g4_c1-3",
                        "tA 6-6 g4_c1-4",
                        "tB 0-0 g4_c1-0",
                        "tB 1-1 g4_c1-1",
                        "tB 2-2 g4_c1-10",
                        "tB 3-3 g4_c1-11",
                        "tB 4-4 g4_c1-2",
                        "topic-x 0-0 g4_c1-0",
                        "topic-x 1-1 g4_c1-1",
                        "topic-x 2-2 g4_c1-10",
                        "topic-x 3-3 g4_c1-11"));
    }

    @Test
    void roundRobinGoesByHash() {
        Subscription all = streams(Map.of("tA", 2, "tB", 2, "topic-x", 2));
        Map<TopicPartition, String> shares = roundRobin(Map.of("g3_c1", all, "g3_c2", all));
        assertThat(inTurn(shares, "tA", 7)).containsExactly("c1-0", "c1-1", "c2-0", "c2-1", "c1-0", "c1-1", "c2-0");
        assertThat(inTurn(shares, "tB", 5)).containsExactly("c2-1", "c1-0", "c1-1", "c2-0", "c2-1");
        assertThat(inTurn(shares, "topic-x", 4)).containsExactly("c1-0", "c1-1", "c2-0", "c2-1");
    }

    @Test
    void roundRobinPassesOverThreadsThatDoNotWantTheTopic() {
        Map<TopicPartition, String> shares = roundRobin(
                Map.of("g2_c1", streams(Map.of("tA", 2, "tB", 2)), "g2_c2", streams(Map.of("tB", 1, "topic-x", 1))));
        assertThat(inTurn(shares, "tA", 7)).containsExactly("c1-0", "c1-1", "c1-0", "c1-1", "c1-0", "c1-1", "c1-0");
        assertThat(inTurn(shares, "tB", 5)).containsExactly("c1-1", "c2-0", "c1-0", "c1-1", "c2-0");
        assertThat(inTurn(shares, "topic-x", 4)).containsOnly("c2-0");
    }

    @Test
    void hashOrderIsNotPartitionOrder() {
        SortedMap<String, Integer> topics = new TreeMap<>(Map.of("orders", 12, "logs", 3, "payments", 5));
        Subscription many = streams(Map.of("orders", 20, "logs", 20, "payments", 20));
        Map<TopicPartition, String> shares = share(LegacyStrategy.ROUNDROBIN, Map.of("m", many), topics);
        List<String> threads = new ArrayList<>();
        new TreeSet<>(shares.values()).forEach(threads::add);
        List<String> order = new ArrayList<>();
        threads.forEach(thread -> shares.forEach((tp, owner) -> {
            if (owner.equals(thread)) {
                order.add(tp.toString());
            }
        }));
        assertThat(order.subList(0, 10)).isEqualTo(names("orders", 0, 9));
        assertThat(order.subList(10, 13)).isEqualTo(names("logs", 0, 2));
        assertThat(order.subList(13, 15)).isEqualTo(names("orders", 10, 11));
        assertThat(order.subList(15, 20)).isEqualTo(names("payments", 0, 4));
    }

    @ParameterizedTest
    @EnumSource(LegacyStrategy.class)
    void sharesEqualThoseOfOldConsumers(LegacyStrategy strategy) {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            SortedMap<String, Integer> topics = new TreeMap<>();
            for (String topic : TOPICS) {
                if (random.nextInt(3) > 0) {
                    topics.put(topic, 1 + random.nextInt(20));
                }
            }
            Map<String, Subscription> members = members(random);
            assertThat(share(strategy, members, topics))
                    .as("replay: mvn test -pl consumer-groups -am -Dtest=OldAssignorsTest, seed %d", seed)
                    .isEqualTo(OldKafka.assign(strategy, registrations(members), topics));
        }
    }

    private static Map<String, Subscription> members(Random random) {
        Map<String, Subscription> members = new TreeMap<>();
        int count = 1 + random.nextInt(6);
        for (int m = 0; m < count; m++) {
            members.put("g_host" + random.nextInt(20) + "-" + m, subscription(random));
        }
        return members;
    }

    private static Subscription subscription(Random random) {
        int streams = 1 + random.nextInt(12);
        return switch (random.nextInt(6)) {
            case 0 -> Subscription.whiteList("t.*, orders", streams);
            case 1 -> Subscription.blackList("t[AB]", streams);
            default -> {
                Map<String, Integer> topics = new TreeMap<>();
                for (String topic : TOPICS) {
                    if (random.nextBoolean()) {
                        topics.put(topic, random.nextInt(4) == 0 ? 1 + random.nextInt(12) : streams);
                    }
                }
                yield streams(topics.isEmpty() ? Map.of("tA", streams) : topics);
            }
        };
    }

    private static Map<String, Registration> registrations(Map<String, Subscription> members) {
        Map<String, Registration> bodies = new TreeMap<>();
        members.forEach((id, wanted) -> bodies.put(
                id,
                new Registration(
                        wanted, "1795223987666", true, new Registration.Origin("i-1", "r1", "host", "client \"x\""))));
        return bodies;
    }

    private static Map<TopicPartition, String> share(
            LegacyStrategy strategy, Map<String, Subscription> members, SortedMap<String, Integer> topics) {
        SortedMap<String, SortedSet<Integer>> partitions = new TreeMap<>();
        topics.forEach((topic, count) -> {
            SortedSet<Integer> numbers = new TreeSet<>();
            for (int p = 0; p < count; p++) {
                numbers.add(p);
            }
            partitions.put(topic, numbers);
        });
        return strategy.assign(Threads.byTopic(members, topics.keySet(), true), partitions);
    }

    private static Map<TopicPartition, String> range(Map<String, Subscription> members) {
        return share(LegacyStrategy.RANGE, members, new TreeMap<>(Map.of("tA", 7, "tB", 5, "topic-x", 4)));
    }

    private static Map<TopicPartition, String> roundRobin(Map<String, Subscription> members) {
        return share(LegacyStrategy.ROUNDROBIN, members, new TreeMap<>(Map.of("tA", 7, "tB", 5, "topic-x", 4)));
    }

    private static Subscription streams(Map<String, Integer> streams) {
        return Subscription.topics(streams);
    }

    /** Owners without the group's prefix, in the order of the partitions. */
    private static List<String> inTurn(Map<TopicPartition, String> shares, String topic, int count) {
        List<String> owners = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            String thread = shares.get(new TopicPartition(topic, p));
            owners.add(thread.substring(thread.indexOf('_') + 1));
        }
        return owners;
    }

    private static List<String> names(String topic, int from, int to) {
        List<String> names = new ArrayList<>();
        for (int p = from; p <= to; p++) {
            names.add(topic + "-" + p);
        }
        return names;
    }

    /** Each line is {@code topic first-last owner}. */
    private static Map<TopicPartition, String> owners(String... lines) {
        Map<TopicPartition, String> owners = new TreeMap<>();
        for (String line : lines) {
            List<String> words = List.of(line.split(" ", -1));
            List<String> range = List.of(words.get(1).split("-", -1));
            for (int p = Integer.parseInt(range.get(0)); p <= Integer.parseInt(range.get(1)); p++) {
                owners.put(new TopicPartition(words.get(0), p), words.get(2));
            }
        }
        return owners;
    }
}
