package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.compat.kafka.Broker;
import io.quorate.compat.kafka.KafkaJars;
import io.quorate.compat.kafka.OldConsumer;
import io.quorate.compat.kafka.Tools;
import io.quorate.groups.Holdings.Held;
import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.layout.Threads;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.MemberFacts;
import io.quorate.groups.read.PartitionFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ours and real old consumers, of 0.8.2.2 and of 0.10.2.2, in one group beside a real broker: whoever comes and goes, no partition
 * has two owners, all come to what the old protocol says, and the old tools see it.
 */
@EnabledIfSystemProperty(
        named = "quorate.groups.mixed",
        matches = "true",
        disabledReason = "starts old consumers, which take their time; profile long does")
final class MixedGroupTest extends GroupFixture {
    private static final long SECONDS = Long.getLong("quorate.groups.mixed.seconds", 60);
    private static final long SEED = Long.getLong("quorate.groups.mixed.seed", System.nanoTime() & 0xffffff);
    private static final long ROUND_SECONDS = 60;
    private static final int STOP_MILLIS_MAX = 5_000;
    private static final int EACH_KIND_MAX = 3;
    /** Beyond what may be held for 3 s after it is another's, and that everybody must have seen it (consumer-groups D5, 7). */
    private static final long RELEASE_MILLIS = 4_000;

    /** An old consumer that has given up tries again when somebody comes or goes; it is helped that often. */
    private static final int HELP_MAX = 3;

    private static final String GIVES_UP = "error during syncedRebalance";

    private static final String TOOLS = "tools";
    private static final List<String> VERSIONS = List.of("0.8.2.2", "0.10.2.2");

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    /** One for all tests: its successor would have to wait for the end of its session. */
    private static Broker broker;

    /** One of ours, and its way to the server. */
    private record Ours(Host host, Cable cable) {}

    /** How all in a group are set. */
    private enum Way {
        /** They try for as long as a session lasts: only deaths one after another can be too much. */
        PATIENT(LegacyStrategy.RANGE, List.of("orders"), true),
        /** The shares go by hash, over two topics. */
        ROUND_ROBIN(LegacyStrategy.ROUNDROBIN, List.of("logs", "orders"), true),
        /** Old consumers try four times, as they do if they are told nothing: several changes at once can be too much. */
        DEFAULTS(LegacyStrategy.RANGE, List.of("orders"), false);

        private final LegacyStrategy strategy;
        private final List<String> topics;
        private final boolean isPatient;

        Way(LegacyStrategy strategy, List<String> topics, boolean isPatient) {
            this.strategy = strategy;
            this.topics = topics;
            this.isPatient = isPatient;
        }

        String group() {
            return "mixed-" + name().toLowerCase(Locale.ROOT);
        }

        OldConsumer.Settings old() {
            String all = String.join("|", topics);
            OldConsumer.Settings settings =
                    isPatient ? OldConsumer.Settings.patient(all) : OldConsumer.Settings.defaults(all);
            return settings.with(strategy.name().toLowerCase(Locale.ROOT));
        }

        /** Sessions that last longer than four tries would make everybody give up who waits for a dead one. */
        Duration session() {
            return isPatient ? SESSION : Duration.ofSeconds(6);
        }

        Map<TopicPartition, String> due(Map<String, Subscription> members, Collection<TopicPartition> existing) {
            SortedMap<String, SortedSet<Integer>> partitions = new TreeMap<>();
            for (TopicPartition each : existing) {
                partitions.computeIfAbsent(each.topic(), any -> new TreeSet<>()).add(each.partition());
            }
            return new TreeMap<>(strategy.assign(Threads.byTopic(members, topics, true), partitions));
        }
    }

    /** The group at one moment, nearly: who is in it, which thread has what, and which should. */
    private record Look(
            GroupMode mode, Set<String> members, Map<TopicPartition, String> owners, Map<TopicPartition, String> due) {}

    private final Random random = new Random(SEED);
    private final Holdings holdings = new Holdings();
    private Way way = Way.PATIENT;
    private final List<Ours> ours = new ArrayList<>();
    /** Killed without a word; their sessions may still live. */
    private final List<Ours> dead = new ArrayList<>();

    private final List<OldConsumer> old = new ArrayList<>();
    private final List<OldConsumer> allOld = new ArrayList<>();
    private final Map<String, String> classPaths = new HashMap<>();
    private int names;

    MixedGroupTest() {
        super(SERVER);
    }

    @BeforeEach
    void startBroker() throws Exception {
        for (String version : VERSIONS) {
            classPaths.put(version, KafkaJars.classPath(version));
        }
        if (broker != null) {
            return;
        }
        // The replicas of the topics are those of broker 1.
        broker = new Broker(1, SERVER.folder().resolve("broker"), SERVER.connectString())
                .with("offsets.topic.replication.factor", "1");
        broker.start(KafkaJars.classPath("3.9.1"));
        await().until(() -> client().sync().exists("/brokers/ids/1").exists()
                && client().sync()
                        .exists("/brokers/topics/orders/partitions/7/state")
                        .exists());
        produce();
    }

    /** One record into each partition: when it is there, the broker leads. */
    private static void produce() throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.address(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                120_000);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < 8; partition++) {
                producer.send(new ProducerRecord<>("orders", partition, null, new byte[] {1}))
                        .get(3, TimeUnit.MINUTES);
            }
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void oldToolsReadOurGroup() throws Exception {
        joinOurs(TOOLS, SESSION);
        Host host = ours.get(0).host();
        await().until(() -> host.positions().size() == 8);
        host.member().commit(Map.of(new TopicPartition("orders", 0), 0L)).get(1, TimeUnit.MINUTES);
        String id = host.member().view().id();
        for (String version : VERSIONS) {
            try (Tools tools = Tools.start(version, SERVER.folder().resolve("tools-" + version + ".out"))) {
                String checked = tools.run(
                                "kafka.tools.ConsumerOffsetChecker",
                                "--zookeeper",
                                SERVER.connectString(),
                                "--group",
                                TOOLS,
                                "--topic",
                                "orders")
                        .good();
                assertThat(checked.lines().filter(line -> line.contains(id)))
                        .as(checked)
                        .hasSize(8)
                        .anyMatch(line -> line.matches("tools +orders +0 +0 +1 +1 +" + id + "-0 *"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void oldConsumersShareWithOurs(Way how) throws Exception {
        way = how;
        System.out.printf(
                "%s, seed %d; again with: mvn -pl coordinator -am test -Dtest=MixedGroupTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.groups.mixed=true"
                        + " -Dquorate.groups.mixed.seed=%d -Dquorate.groups.mixed.seconds=%d%n",
                way, SEED, SEED, SECONDS);
        long begin = System.currentTimeMillis();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int round = 1; System.nanoTime() < end; round++) {
            List<String> story = new ArrayList<>();
            long until = Math.min(end, System.nanoTime() + TimeUnit.SECONDS.toNanos(ROUND_SECONDS));
            while (System.nanoTime() < until) {
                story.add(change());
                watch(1_000 + random.nextInt(4_000));
            }
            for (int i = old.size(); i < VERSIONS.size(); i++) {
                story.add(joinOld());
            }
            if (ours.isEmpty()) {
                story.add(joinOurs());
            }
            long from = System.nanoTime();
            comeToRest(story);
            System.out.printf(
                    "round %d: %s; at rest after %d ms%n", round, story, (System.nanoTime() - from) / 1_000_000);
        }
        judge(begin);
        old.forEach(OldConsumer::kill);
        awaitStable(way.group(), GroupMode.NATIVE, ours.size());
        awaitShared(
                look().orElseThrow().owners().size(),
                ours.stream().map(Ours::host).toArray(Host[]::new));
    }

    /** Who gives up waited for the dead, never for us. */
    private void judge(long begin) {
        holdings.between(begin, Long.MAX_VALUE).stream()
                .findFirst()
                .ifPresent(held -> System.out.printf("held longest by ours: %d ms, %s%n", held.millis(), held));
        for (OldConsumer each : allOld) {
            if (way.isPatient) {
                assertThat(beforeItWasToLeave(each).lines())
                        .noneMatch(line -> line.contains("ERROR") && !line.contains(GIVES_UP));
            }
            for (long at : each.gaveUpMillis()) {
                long tried = (long) way.old().tries() * way.old().backoffMillis() + RELEASE_MILLIS;
                List<Held> heldByUs = holdings.between(at - tried, at);
                System.out.printf(
                        "one gave up %d ms after the members had changed for the last time; what ours held: %s%n",
                        at - holdings.changedBefore(at), heldByUs);
                assertThat(heldByUs)
                        .as("what ours held for too long when one gave up: %s", each.output())
                        .noneMatch(held -> held.millis() > RELEASE_MILLIS);
            }
        }
    }

    /** After the last change; where old consumers give up, with some more changes. */
    private void comeToRest(List<String> story) throws IOException {
        for (int helped = 0; !isAtRest(); helped++) {
            assertThat(helped).as("how often somebody had to help").isLessThan(HELP_MAX);
            story.add("one had given up, so " + joinOurs());
        }
    }

    /** Waits until all have their shares, or somebody has given up who will not try again by itself. */
    private boolean isAtRest() {
        boolean[] isGood = {false};
        await().until(() -> {
            old.removeIf(each -> !each.isAlive());
            Look look = look().orElseThrow();
            boolean isComplete =
                    look.mode() == GroupMode.COMPAT && look.members().size() == ours.size() + old.size();
            isGood[0] = isComplete && look.owners().equals(look.due());
            return isGood[0] || (isComplete && hasOneGivenUp());
        });
        return isGood[0];
    }

    private boolean hasOneGivenUp() {
        return old.stream().flatMap(each -> each.gaveUpMillis().stream()).anyMatch(at -> at > holdings.changedMillis());
    }

    /** One that is to leave between two tries makes all the others, in which it can get nothing any more, and then complains. */
    private static String beforeItWasToLeave(OldConsumer consumer) {
        String output = consumer.output();
        int leaving = output.indexOf("ZKConsumerConnector shutting down");
        return leaving < 0 ? output : output.substring(0, leaving);
    }

    // ---- coming and going

    private String change() throws IOException {
        int kind = random.nextInt(6);
        if (ours.isEmpty() || (kind == 0 && ours.size() < EACH_KIND_MAX)) {
            return joinOurs();
        } else if (old.isEmpty() || (kind <= 2 && old.size() < EACH_KIND_MAX)) {
            return joinOld();
        } else if (kind == 3) {
            Ours gone = ours.remove(random.nextInt(ours.size()));
            CompletableFuture<String> leaving = gone.host().member().leave();
            assert leaving != null;
            return "ours leaves";
        } else if (kind == 4) {
            Ours gone = ours.remove(random.nextInt(ours.size()));
            gone.cable().cut();
            dead.add(gone);
            return "ours is killed";
        }
        OldConsumer gone = old.remove(random.nextInt(old.size()));
        if (random.nextBoolean()) {
            gone.leave();
            return "old leaves";
        }
        gone.kill();
        return "old is killed";
    }

    /** Where others wait for four tries only, ours take their time, also more of it than they have. */
    private String joinOurs() throws IOException {
        String what = joinOurs(way.group(), way.session());
        if (!way.isPatient) {
            ours.get(ours.size() - 1).host().takesToStop(random.nextInt(STOP_MILLIS_MAX));
        }
        return what;
    }

    private String joinOurs(String group, Duration session) throws IOException {
        Cable cable = keep(new Cable(SERVER.process().address()));
        GroupConfig config = new GroupConfig(group, Subscription.topics(way.topics))
                .with(Identity.named("ours" + ++names))
                .with(GroupConfig.Policy.DEFAULT.with(way.strategy))
                .with(QUICK);
        ours.add(new Ours(join(config, builder(cable.connectString()).sessionTimeout(session)), cable));
        return "ours joins";
    }

    private String joinOld() throws IOException {
        String version = VERSIONS.get(names % VERSIONS.size());
        OldConsumer joining = keep(OldConsumer.start(
                classPaths.get(version),
                SERVER.connectString(),
                way.group(),
                way.old(),
                SERVER.folder().resolve("old" + ++names + ".out")));
        old.add(joining);
        allOld.add(joining);
        return version + " joins";
    }

    // ---- what is looked at

    /** Looks for so long that nobody has what the server gives to another. */
    private void watch(int millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            Map<TopicPartition, String> before = processed();
            Map<TopicPartition, String> owners = owners();
            Map<TopicPartition, String> after = processed();
            after.forEach((partition, member) -> {
                // Who has it before and after had it in between.
                if (member.equals(before.get(partition))) {
                    assertThat(owners.getOrDefault(partition, "nobody"))
                            .as("owner of %s, which %s processes", partition, member)
                            .startsWith(member + "-");
                }
            });
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** What hosts of ours may process at this moment, and by which member; none of it may be another's, too. */
    private Map<TopicPartition, String> processed() {
        Map<TopicPartition, String> processed = new TreeMap<>();
        List<Ours> all = new ArrayList<>(ours);
        all.addAll(dead);
        for (Ours each : all) {
            GroupMember member = each.host().member();
            String id = member.view().id();
            each.host().positions().keySet().stream()
                    .filter(member::mayProcess)
                    .forEach(partition -> processed.put(partition, id));
        }
        return processed;
    }

    private Map<TopicPartition, String> owners() {
        return look().map(Look::owners).orElse(Map.of());
    }

    /** Looks at the group; what ours have too long is remembered. */
    private Optional<Look> look() {
        return reader().describe(way.group()).map(this::look);
    }

    private Look look(GroupFacts facts) {
        Map<String, Subscription> members = new TreeMap<>();
        for (MemberFacts each : facts.members()) {
            members.put(each.id(), each.subscription());
        }
        Map<TopicPartition, String> owners = new TreeMap<>();
        List<TopicPartition> existing = new ArrayList<>();
        for (PartitionFacts each : facts.partitions()) {
            existing.add(each.partition());
            if (each.ownerThread() != null) {
                owners.put(each.partition(), each.ownerThread());
            }
        }
        Look look = new Look(facts.mode(), members.keySet(), owners, way.due(members, existing));
        // Among ourselves nobody gives up; and we may be in native mode no longer than the switch takes.
        if (facts.members().stream().anyMatch(each -> !each.isQuorate())) {
            holdings.look(
                    System.currentTimeMillis(),
                    look.members(),
                    membersOf(look.owners()),
                    membersOf(look.due()),
                    ours.stream().map(each -> each.host().member().view().id()).collect(Collectors.toSet()));
        }
        return look;
    }

    private static Map<TopicPartition, String> membersOf(Map<TopicPartition, String> threads) {
        Map<TopicPartition, String> members = new TreeMap<>(threads);
        members.replaceAll((partition, thread) -> Registration.memberOf(thread));
        return members;
    }
}
