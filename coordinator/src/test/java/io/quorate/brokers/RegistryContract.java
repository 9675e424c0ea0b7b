package io.quorate.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.client.Relay;
import io.quorate.compat.CompatServer;
import io.quorate.registry.BrokerMember;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.MetadataCache;
import io.quorate.registry.cache.TopicRouter;
import io.quorate.registry.controller.ControllerSettings;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.placement.RackMode;
import io.quorate.registry.presence.ConflictPolicy;
import io.quorate.registry.store.AclPolicy;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.proto.Acl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the registry promises on any server of the protocol; the server is the subclass's, and each test has a tree of its own. */
abstract class RegistryContract {
    private static final Duration SESSION = Duration.ofSeconds(20);
    private static final Duration SHORT_SESSION = Duration.ofSeconds(2);
    private static final Duration KILLED_SESSION = Duration.ofSeconds(6);
    private static final Duration SILENT_SESSION = Duration.ofSeconds(12);
    private static final AtomicInteger TREES = new AtomicInteger();

    private final CompatServer server;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private String chroot;
    private CoordinatorClient client;
    private BrokerRegistry registry;

    RegistryContract(CompatServer server) {
        this.server = server;
    }

    @BeforeEach
    void openTree() {
        chroot = "/tree" + TREES.incrementAndGet();
        try (CoordinatorClient root =
                CoordinatorClient.builder(server.connectString()).connect()) {
            root.sync().create(chroot, null, CreateMode.PERSISTENT);
        }
        client = keep(sessions(server.connectString(), SESSION).connect());
        registry = BrokerRegistry.on(client);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void aBrokerIsRegisteredAsLongAsItLives() throws Exception {
        BrokerMember member = join(7);
        long epoch = ask(member.whenRegistered());
        assertThat(ask(registry.read().broker(7)).epoch()).isEqualTo(epoch);
        assertThat(ask(registry.read().broker(7)).info()).isEqualTo(info(7));
        assertThat(ask(registry.read().clusterId())).hasSize(22);
        BrokerInfo moved = BrokerInfo.of(new Endpoint("SSL", "SSL", "elsewhere", 9093));
        ask(member.update(moved));
        await().untilAsserted(
                        () -> assertThat(ask(registry.read().broker(7)).info()).isEqualTo(moved));
        assertThat(ask(registry.read().broker(7)).epoch()).isEqualTo(epoch);
        member.close();
        assertThat(ask(registry.read().brokers())).isEmpty();
        assertThat(ask(join(7).whenRegistered())).isGreaterThan(epoch);
    }

    @Test
    void anAbandonedBrokerStaysRegisteredUntilItsSessionEnds() throws Exception {
        BrokerMember member = join(7);
        long epoch = ask(member.whenRegistered());
        ask(member.abandon());
        member.close();
        assertThat(ask(registry.read().broker(7)).epoch()).isEqualTo(epoch);
    }

    @Test
    void aMissingChrootIsCreated() throws Exception {
        chroot += "-that-is-missing";
        ask(join(7).whenRegistered());
        CoordinatorClient inside =
                keep(sessions(server.connectString(), SESSION).connect());
        assertThat(ask(BrokerRegistry.on(inside).read().brokers())).containsOnlyKeys(7);
    }

    @Test
    void aMissingChrootIsCreatedHoweverDeepItLies() throws Exception {
        chroot += "-that/is/missing";
        ask(join(7).whenRegistered());
        CoordinatorClient inside =
                keep(sessions(server.connectString(), SESSION).connect());
        assertThat(ask(BrokerRegistry.on(inside).read().brokers())).containsOnlyKeys(7);
    }

    @Test
    void membersMayShareOneBuilder() throws Exception {
        ClientBuilder shared = sessions(server.connectString(), SESSION);
        List<BrokerMember> members = new ArrayList<>();
        for (int id = 1; id <= 10; id++) {
            members.add(join(shared, settings(id), new MemberListener() {}));
        }
        for (BrokerMember member : members) {
            ask(member.whenRegistered());
        }
        assertThat(ask(registry.read().brokers())).hasSize(10);
    }

    @Test
    void aBrokerThatWasKilledIsRefusedOrWaitsUntilItsOldSessionEnds() throws Exception {
        ClientBuilder sessions = sessions(server.connectString(), KILLED_SESSION);
        BrokerMember killed = join(sessions, settings(7), new MemberListener() {});
        long epoch = ask(killed.whenRegistered());
        ask(killed.abandon());
        BrokerMember hasty = join(sessions, settings(7), new MemberListener() {});
        assertThatThrownBy(() -> ask(hasty.whenRegistered())).hasMessageContaining("broker 7 is registered by session");
        assertThat(ask(registry.read().broker(7)).epoch()).isEqualTo(epoch);
        BrokerMember patient = join(
                sessions,
                settings(7).withConflict(new ConflictPolicy(SESSION.toMillis() * 3)),
                new MemberListener() {});
        assertThat(ask(patient.whenRegistered())).isGreaterThan(epoch);
    }

    @Test
    void everyBrokerIsToldWhoIsController() throws Exception {
        Queue<Integer> candidate = new ConcurrentLinkedQueue<>();
        Queue<Integer> other = new ConcurrentLinkedQueue<>();
        BrokerMember first = join(1);
        ask(first.whenRegistered());
        await().until(() -> ask(first.isIdleController()));
        ask(join(sessions(server.connectString(), SESSION), settings(2), tellingController(candidate))
                .whenRegistered());
        ask(join(sessions(server.connectString(), SESSION), settings(3).withCandidate(false), tellingController(other))
                .whenRegistered());
        await().until(() -> candidate.contains(1) && other.contains(1));
        first.close();
        await().until(() -> candidate.contains(2) && other.contains(2));
    }

    private static MemberListener tellingController(Queue<Integer> told) {
        return new MemberListener() {
            @Override
            public void onController(ControllerInfo controller) {
                told.add(controller == null ? -1 : controller.brokerId());
            }
        };
    }

    @Test
    void aBrokerThatHearsNothingIsSuspectBeforeItsSessionIsOver() throws Exception {
        Relay relay = keep(Relay.to(server.process().address()));
        CompletableFuture<Boolean> registeredThen = new CompletableFuture<>();
        BrokerMember silent = join(sessions(relay.connectString(), SILENT_SESSION), settings(7), new MemberListener() {
            @Override
            public void onSuspect() {
                CompletableFuture<Void> unused = registry.read()
                        .brokers()
                        .thenAccept(brokers -> registeredThen.complete(brokers.containsKey(7)));
            }
        });
        ask(silent.whenRegistered());
        relay.holdBack();
        try {
            assertThat(ask(registeredThen)).isTrue();
        } finally {
            relay.letPass();
        }
    }

    /** A thread that is behind hears of the loss, of the next connection, and only then that what it asked before is lost. */
    @Test
    void whatIsAskedBeforeALossIsKnownIsAskedAgain() throws Exception {
        Relay relay = keep(Relay.to(server.process().address()));
        CountDownLatch isBehind = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        BrokerMember behind = join(sessions(relay.connectString(), SESSION), settings(7), new MemberListener() {
            @Override
            public void onBroker(int id, Broker before, Broker now) {
                if (id == 8) {
                    isBehind.countDown();
                    awaitUninterrupted(mayGoOn);
                }
            }
        });
        ask(behind.whenRegistered());
        ask(join(8).whenRegistered());
        awaitUninterrupted(isBehind);
        BrokerInfo moved = BrokerInfo.of(new Endpoint("SSL", "SSL", "elsewhere", 9093));
        CompletableFuture<Void> update = behind.update(moved);
        long before = relay.answers();
        relay.cut();
        await().until(() -> relay.answers() > before);
        mayGoOn.countDown();
        ask(update);
        assertThat(ask(registry.read().broker(7)).info()).isEqualTo(moved);
    }

    @Test
    void aMigrationIsLeftAlone() throws Exception {
        byte[] owner = "{\"version\":2,\"brokerid\":3000,\"timestamp\":\"1\",\"kraftControllerEpoch\":5}"
                .getBytes(StandardCharsets.UTF_8);
        client.sync().create(RegistryPaths.CONTROLLER, owner, CreateMode.PERSISTENT);
        ask(join(1).whenRegistered());
        assertThatThrownBy(() -> ask(registry.topics().create("t", 1, 1, RackMode.SAFE, Map.of("a", "b"))))
                .hasMessageContaining("a migration owns the tree");
        assertThatThrownBy(() -> ask(registry.configs().alter(ConfigEntity.topic("t"), Map.of("a", "b"))))
                .hasMessageContaining("a migration owns the tree");
        assertThat(ask(registry.read().topicNames())).isEmpty();
    }

    @Test
    void aSecureTreeIsReadByAllAndChangedByItsCreator() throws Exception {
        ClientBuilder sessions = sessions(server.connectString(), SESSION)
                .auth("digest", "broker:secret".getBytes(StandardCharsets.UTF_8));
        BrokerRegistry secure = BrokerRegistry.on(keep(sessions.connect()), AclPolicy.SECURE);
        assertThat(ask(secure.brokerIds().next(1000))).isEqualTo(1001);
        assertThat(ask(secure.producerIds().claim(1)).first()).isZero();
        BrokerMember member = keep(BrokerMember.join(sessions, settings(1), new MemberListener() {}, AclPolicy.SECURE));
        ask(member.whenRegistered());
        await().until(() -> ask(member.isIdleController()));
        ask(secure.topics().create("t", 2, 1, RackMode.SAFE, Map.of("retention.ms", "1")));
        awaitLed("t", 2);
        ask(secure.configs().alter(ConfigEntity.user("u"), Map.of("a", "b")));
        for (String path : List.of(
                RegistryPaths.BROKER_SEQUENCE,
                RegistryPaths.PRODUCER_IDS,
                RegistryPaths.CONTROLLER,
                RegistryPaths.broker(1),
                RegistryPaths.topic("t"),
                RegistryPaths.state(new TopicPartition("t", 0)))) {
            assertThatThrownBy(() -> client.sync().setData(path, new byte[0], -1))
                    .as(path)
                    .isInstanceOf(CoordinatorException.NoAuth.class);
            assertThat(client.sync().exists(path).exists()).isTrue();
            assertThat(client.sync().getData(path).stat()).isNotNull();
        }
        assertThatThrownBy(() -> ask(registry.read().config(ConfigEntity.user("u"))))
                .hasMessageContaining("NO_AUTH");
    }

    @Test
    void aBrokerWhoseRegistrationMayNotBeReadIsNotTakenForDead() throws Exception {
        BrokerMember before = join(1);
        await().until(() -> ask(before.isIdleController()));
        BrokerMember hidden = join(sessions(server.connectString(), SESSION), bystander(2), new MemberListener() {});
        ask(hidden.whenRegistered());
        ask(join(sessions(server.connectString(), SESSION), bystander(3), new MemberListener() {})
                .whenRegistered());
        ask(registry.topics().create("t", new TreeMap<>(Map.of(0, List.of(2, 3))), Map.of()));
        awaitLed("t", 1);
        Acl allButRead = new Acl(Acl.ALL & ~Acl.READ, Acl.OPEN_UNSAFE.get(0).identity());
        client.sync().setAcl(RegistryPaths.broker(2), List.of(allButRead), -1);
        Queue<String> trouble = new ConcurrentLinkedQueue<>();
        BrokerMember after = join(sessions(server.connectString(), SESSION), settings(4), new MemberListener() {
            @Override
            public void onTrouble(String what) {
                trouble.add(what);
            }
        });
        ask(after.whenRegistered());
        before.close();
        ask(registry.topics().create("u", new TreeMap<>(Map.of(0, List.of(3))), Map.of()));
        awaitLed("u", 1);
        assertThat(ask(registry.read().controller()).brokerId()).isEqualTo(4);
        assertThat(trouble).anyMatch(what -> what.startsWith("/brokers/ids/2 cannot be read: NO_AUTH"));
        assertThat(partition("t").state().leader()).isEqualTo(2);
        assertThat(partition("t").isr()).containsExactly(2, 3);
        hidden.close();
        await().until(() -> partition("t").state().leader() == 3);
    }

    private MemberSettings bystander(int id) {
        return settings(id).withCandidate(false);
    }

    @Test
    void aChangeOfReplicasInSyncThatNeverArrivedIsWrittenAgain() throws Exception {
        ask(join(1).whenRegistered());
        ask(join(2).whenRegistered());
        createLedBy(1, "t", 1);
        Relay relay = keep(Relay.to(server.process().address()));
        CoordinatorClient leader = keep(sessions(relay.connectString(), SESSION).connect());
        PartitionDescription known = partition("t");
        assertThat(ask(BrokerRegistry.on(leader).read().brokers())).hasSize(2);
        relay.holdBack();
        CompletableFuture<Integer> written = BrokerRegistry.on(leader).isr().write(known, List.of(1));
        relay.cut();
        relay.letPass();
        assertThat(ask(written)).isEqualTo(known.version() + 1);
        assertThat(partition("t").isr()).containsExactly(1);
    }

    @Test
    void anIdThatIsTakenIsRefusedOrWaitedFor() throws Exception {
        BrokerMember first = join(7);
        ask(first.whenRegistered());
        BrokerMember second = join(7);
        assertThatThrownBy(() -> ask(second.whenRegistered()))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("broker 7 is registered by session");
        BrokerMember patient = join(
                sessions(server.connectString(), SESSION),
                MemberSettings.of(7, info(7)).withConflict(new ConflictPolicy(SESSION.toMillis() * 3)),
                new MemberListener() {});
        await().until(() -> ask(registry.read().controller()) != null);
        assertThat(patient.whenRegistered()).isNotDone();
        first.close();
        ask(patient.whenRegistered());
    }

    @Test
    void idsAndBlocksAreGivenOnce() throws Exception {
        assertThat(ask(registry.brokerIds().next(1000))).isEqualTo(1001);
        assertThat(ask(registry.brokerIds().next(1000))).isEqualTo(1002);
        List<CompletableFuture<Long>> claims = new ArrayList<>();
        for (int broker = 0; broker < 10; broker++) {
            claims.add(registry.producerIds().claim(broker).thenApply(block -> block.first()));
        }
        List<Long> firsts = new ArrayList<>();
        for (CompletableFuture<Long> claim : claims) {
            firsts.add(ask(claim));
        }
        assertThat(firsts).doesNotHaveDuplicates().hasSize(10).contains(0L, 9000L);
    }

    @Test
    void aTopicIsCreatedExtendedConfiguredAndDeleted() throws Exception {
        ask(join(1).whenRegistered());
        ask(join(2).whenRegistered());
        ask(registry.topics().create("orders", 3, 2, RackMode.SAFE, Map.of("retention.ms", "1000")));
        awaitLed("orders", 3);
        assertThat(ask(registry.read().config(ConfigEntity.topic("orders")))).containsEntry("retention.ms", "1000");
        assertThatThrownBy(() -> ask(registry.topics().create("orders", 1, 1, RackMode.SAFE, Map.of())))
                .hasMessageContaining("exists");
        ask(registry.topics().addPartitions("orders", 5, RackMode.SAFE));
        awaitLed("orders", 5);
        Map<String, String> changes = new TreeMap<>(Map.of("segment.ms", "7"));
        changes.put("retention.ms", null);
        assertThat(ask(registry.configs().alter(ConfigEntity.topic("orders"), changes)))
                .containsExactly(Map.entry("segment.ms", "7"));
        ask(registry.topics().requestDeletion("orders"));
        await().until(() -> ask(registry.read().topicNames()).isEmpty()
                && ask(registry.read().pendingDeletions()).isEmpty());
        assertThat(client.sync()
                        .exists(RegistryPaths.config(ConfigEntity.topic("orders")))
                        .exists())
                .isFalse();
    }

    @Test
    void changesOfConfigurationsAreHeardOf() throws Exception {
        Queue<ConfigEntity> heard = new ConcurrentLinkedQueue<>();
        ConfigEntity before = ConfigEntity.user("before");
        ask(registry.configs().alter(before, Map.of("a", "b")));
        BrokerMember member = join(sessions(server.connectString(), SESSION), settings(7), new MemberListener() {
            @Override
            public void onConfig(ConfigEntity entity) {
                heard.add(entity);
            }
        });
        ask(member.whenRegistered());
        await().until(() -> ask(member.isIdleController()));
        ConfigEntity user = ConfigEntity.userClient("al ice", "c*");
        ask(registry.configs().alter(user, Map.of("producer_byte_rate", "1")));
        await().until(() -> heard.contains(user));
        assertThat(ask(registry.read().config(user))).hasSize(1);
        Map<String, String> nothing = new TreeMap<>();
        nothing.put("producer_byte_rate", null);
        ask(registry.configs().alter(user, nothing));
        await().until(() -> heard.size() == 3);
        assertThat(client.sync().exists(RegistryPaths.config(user)).exists()).isFalse();
        assertThat(heard).containsExactly(before, user, user);
    }

    @Test
    void whenABrokerDiesOthersLead() throws Exception {
        BrokerMember controller = join(1);
        ask(controller.whenRegistered());
        await().until(() -> ask(controller.isIdleController()));
        Relay relay = keep(Relay.to(server.process().address()));
        BrokerMember dying = join(sessions(relay.connectString(), SHORT_SESSION), settings(2), new MemberListener() {});
        long epoch = ask(dying.whenRegistered());
        createLedBy(2, "t", 40);
        relay.refuse();
        await().untilAsserted(() -> assertThat(describe("t").partitions()).allSatisfy(partition -> {
            assertThat(partition.leader()).isEqualTo(1);
            assertThat(partition.isr()).containsExactly(1);
            assertThat(partition.state().leaderEpoch()).isEqualTo(1);
        }));
        relay.admit();
        await().untilAsserted(
                        () -> assertThat(ask(registry.read().broker(2)).epoch()).isGreaterThan(epoch));
    }

    @Test
    void whenTheControllerDiesAnotherOneGoesOn() throws Exception {
        Relay relay = keep(Relay.to(server.process().address()));
        BrokerMember dying = join(sessions(relay.connectString(), SHORT_SESSION), settings(1), new MemberListener() {});
        ask(dying.whenRegistered());
        await().until(() -> ask(dying.controllerEpoch()) == 1);
        BrokerMember next = join(2);
        ask(next.whenRegistered());
        createLedBy(1, "t", 40);
        relay.refuse();
        await().until(() -> ask(next.controllerEpoch()) == 2);
        await().untilAsserted(() -> assertThat(describe("t").partitions()).allSatisfy(partition -> {
            assertThat(partition.leader()).isEqualTo(2);
            assertThat(partition.state().controllerEpoch()).isEqualTo(2);
        }));
        relay.admit();
        await().until(() -> ask(registry.read().brokers()).size() == 2 && ask(dying.controllerEpoch()) == 0);
        ControllerInfo info = ask(registry.read().controller());
        assertThat(info.brokerId()).isEqualTo(2);
        assertThat(ask(registry.read().controllerEpoch())).isEqualTo(2);
    }

    @Test
    void aDeposedControllerWritesNothing() throws Exception {
        BrokerMember first = join(1);
        ask(first.whenRegistered());
        await().until(() -> ask(first.isIdleController()));
        BrokerMember second = join(2);
        ask(second.whenRegistered());
        for (int round = 2; round < 6; round++) {
            int epoch = round;
            ask((ask(first.controllerEpoch()) > 0 ? first : second).moveController());
            await().until(() -> ask(first.controllerEpoch()) + ask(second.controllerEpoch()) == epoch);
            String topic = "t" + round;
            ask(registry.topics().create(topic, 10, 2, RackMode.SAFE, Map.of()));
            awaitLed(topic, 10);
            assertThat(describe(topic).partitions())
                    .allMatch(partition -> partition.state().controllerEpoch() == epoch);
        }
        assertThat(ask(registry.read().controllerEpoch())).isEqualTo(5);
    }

    @Test
    void partitionsMoveWhenTheNewReplicasAreInSync() throws Exception {
        BrokerMember controller = join(1);
        ask(controller.whenRegistered());
        ask(join(2).whenRegistered());
        ask(join(3).whenRegistered());
        TopicPartition partition = new TopicPartition("t", 0);
        ask(registry.topics().create("t", new TreeMap<>(Map.of(0, List.of(1, 2))), Map.of()));
        awaitLed("t", 1);
        ask(registry.topics().requestReassignment(new TreeMap<>(Map.of(partition, List.of(3, 2)))));
        await().until(() ->
                partition("t").replicas().isMoving() && partition("t").state().leaderEpoch() == 1);
        assertThat(partition("t").replicas().replicas()).containsExactly(3, 2, 1);
        assertThat(ask(registry.isr().write(partition("t"), List.of(1, 2, 3)))).isEqualTo(2);
        await().untilAsserted(
                        () -> assertThat(partition("t").replicas().replicas()).containsExactly(3, 2));
        assertThat(partition("t").replicas().isMoving()).isFalse();
        assertThat(partition("t").leader()).isEqualTo(3);
        assertThat(partition("t").isr()).containsExactlyInAnyOrder(2, 3);
        await().until(() -> ask(registry.read().requestedReassignments()).isEmpty());
    }

    @Test
    void aBrokerThatIsAboutToStopLeadsNothing() throws Exception {
        BrokerMember controller = join(1);
        ask(controller.whenRegistered());
        await().until(() -> ask(controller.isIdleController()));
        long epoch = ask(join(2).whenRegistered());
        createLedBy(2, "t", 20);
        assertThat(ask(controller.stopping(2, epoch + 1))).isNull();
        assertThat(ask(controller.stopping(2, epoch))).isEmpty();
        assertThat(describe("t").partitions()).allMatch(partition -> partition.leader() == 1);
        ask(registry.topics().requestPreferredElection(new java.util.TreeSet<>(List.of(new TopicPartition("t", 0)))));
        await().until(() -> ask(registry.read().requestedElections()).isEmpty());
        assertThat(describe("t").partitions()).allMatch(partition -> partition.leader() == 1);
    }

    @Test
    void aCacheKnowsWhoLeads() throws Exception {
        BrokerMember controller = join(1);
        ask(controller.whenRegistered());
        MetadataCache cache = keep(MetadataCache.open(sessions(server.connectString(), SESSION)));
        ask(cache.whenLoaded());
        ask(join(2).whenRegistered());
        createLedBy(2, "t", 8);
        await().until(() -> cache.snapshot().leader(new TopicPartition("t", 7)) != null
                && cache.snapshot().controller() != null);
        assertThat(cache.snapshot().leader(new TopicPartition("t", 0)).id()).isEqualTo(2);
        assertThat(cache.snapshot().controller().brokerId()).isEqualTo(1);
        TopicRouter router = cache.router(100, partition -> 0);
        TopicPartition first = router.partition("t", null, 60);
        assertThat(router.partition("t", null, 60)).isEqualTo(first);
        assertThat(router.partition("t", null, 60)).isNotEqualTo(first);
        assertThat(router.leader(first).id()).isEqualTo(2);
        ask(registry.topics().requestDeletion("t"));
        await().until(() -> cache.snapshot().topics().isEmpty());
    }

    /** Creates a topic all of whose partitions this broker leads, followed by broker 1 or 2. */
    private void createLedBy(int broker, String topic, int partitions) throws Exception {
        TreeMap<Integer, List<Integer>> replicas = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            replicas.put(partition, List.of(broker, 3 - broker));
        }
        await().until(() -> ask(registry.read().brokers()).size() == 2);
        ask(registry.topics().create(topic, replicas, Map.of()));
        await().until(() -> describe(topic).partitions().stream()
                .allMatch(partition ->
                        partition.leader() == broker && partition.isr().size() == 2));
    }

    private void awaitLed(String topic, int partitions) {
        await().untilAsserted(() -> assertThat(describe(topic).partitions())
                .hasSize(partitions)
                .allMatch(partition -> partition.leader() >= 0));
    }

    private TopicDescription describe(String topic) throws Exception {
        return ask(registry.read().describe(List.of(topic))).get(topic);
    }

    private PartitionDescription partition(String topic) throws Exception {
        return describe(topic).partitions().get(0);
    }

    private BrokerMember join(int id) {
        return join(sessions(server.connectString(), SESSION), settings(id), new MemberListener() {});
    }

    private BrokerMember join(ClientBuilder sessions, MemberSettings settings, MemberListener listener) {
        return keep(BrokerMember.join(sessions, settings, listener));
    }

    /** Nothing moves leaders back behind a test's back. */
    private static MemberSettings settings(int id) {
        return MemberSettings.of(id, info(id)).withController(new ControllerSettings(true, false, 0, 0, 10, true));
    }

    private static BrokerInfo info(int id) {
        return BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", 9000 + id));
    }

    private ClientBuilder sessions(String connectString, Duration timeout) {
        return CoordinatorClient.builder(connectString + chroot).sessionTimeout(timeout);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private <T extends AutoCloseable> T keep(T closed) {
        opened.add(0, closed);
        return closed;
    }

    private static <T> T ask(CompletableFuture<T> future) throws Exception {
        return future.get(120, TimeUnit.SECONDS);
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions();
    }
}
