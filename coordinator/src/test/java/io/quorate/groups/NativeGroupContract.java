package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.ExternalOffset;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.read.GroupConflict;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.MemberFacts;
import io.quorate.groups.read.OffsetChange;
import io.quorate.groups.read.OffsetReset;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.ClientTraffic;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.Session;
import io.quorate.wire.client.SessionEvent;
import io.quorate.wire.client.WriteOp;
import io.quorate.wire.proto.Acl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What native groups promise, on any server. */
abstract class NativeGroupContract extends GroupFixture {
    NativeGroupContract(CompatServer server) {
        super(server);
    }

    @Test
    void membersShareAllPartitionsAndTakeOverFromOneThatLeaves() {
        Host a = join(config("shared", "a"));
        awaitShared(12, a);
        Host b = join(config("shared", "b"));
        Host c = join(config("shared", "c"));
        awaitShared(12, a, b, c);
        GroupFacts facts = awaitStable("shared", GroupMode.NATIVE, 3);
        assertThat(facts.members())
                .allSatisfy(member -> assertThat(member.owned()).hasSize(4));
        Set<TopicPartition> before = partitionsOf(a);
        b.member().leave().join();
        awaitShared(12, a, c);
        assertThat(partitionsOf(a)).containsAll(before);
        assertThat(b.told()).last().asString().startsWith("ended");
        awaitStable("shared", GroupMode.NATIVE, 2);
    }

    @Test
    void anAbandonedMemberIsOneForTheGroupUntilItsSessionEnds() {
        Host a = join(config("abandoned", "a"));
        awaitShared(12, a);
        String id = a.member().view().id();
        a.member().abandon().join();
        assertThat(a.positions()).isEmpty();
        assertThat(a.told()).last().asString().startsWith("ended");
        assertThat(a.member().isFenced()).isTrue();
        GroupFacts facts = reader().describe("abandoned").orElseThrow();
        assertThat(facts.members()).singleElement().satisfies(member -> {
            assertThat(member.id()).isEqualTo(id);
            assertThat(member.owned()).hasSize(12);
        });
        assertThatThrownBy(() -> a.member()
                        .commit(Map.of(new TopicPartition("orders", 1), 1L))
                        .join())
                .hasCauseInstanceOf(CommitFailedException.class);
    }

    @Test
    void aNewOwnerGoesOnWhereTheOldOneStopped() {
        Host a = join(config("offsets", "a"));
        awaitShared(12, a);
        TopicPartition one = new TopicPartition("orders", 3);
        TopicPartition other = new TopicPartition("orders", 4);
        a.member().commit(Map.of(one, 70L)).join();
        assertThat(committed("offsets", one)).hasValue(70);
        a.member().commitSoon(Map.of(one, 71L, other, 5L));
        a.member().leave().join();
        assertThat(committed("offsets", one)).hasValue(71);
        Host b = join(config("offsets", "b"));
        awaitShared(12, b);
        assertThat(b.positions()).containsEntry(one, 71L).containsEntry(other, 5L);
    }

    @Test
    void whatAnOperatorMovesIsAdoptedAndNotOverwritten() {
        Host a = join(config("moved", "a"));
        awaitShared(12, a);
        TopicPartition one = any(a);
        a.member().commit(Map.of(one, 100L)).join();
        GroupFacts facts = reader().describe("moved").orElseThrow();
        List<OffsetChange> plan = admin().planReset(facts, Set.of(one), OffsetReset.shiftBy(-60));
        assertThatThrownBy(() -> admin().reset("moved", plan)).isInstanceOf(GroupConflict.class);
        admin().resetForced("moved", plan);
        a.member().commit(Map.of(one, 101L)).join();
        await().untilAsserted(() -> assertThat(a.positions()).containsEntry(one, 40L));
        assertThat(committed("moved", one)).hasValue(40);
        a.member().commit(Map.of(one, 41L)).join();
        assertThat(committed("moved", one)).hasValue(41);
    }

    @Test
    void aMemberThatWantsToOverwritesWhatAnOperatorMoved() {
        GroupConfig config = config("overwritten", "a").with(Policy.DEFAULT.with(ExternalOffset.OVERWRITE));
        Host a = join(config);
        awaitShared(12, a);
        TopicPartition one = any(a);
        a.member().commit(Map.of(one, 100L)).join();
        GroupFacts facts = reader().describe("overwritten").orElseThrow();
        admin().resetForced("overwritten", admin().planReset(facts, Set.of(one), OffsetReset.toOffset(7)));
        a.member().commit(Map.of(one, 101L)).join();
        assertThat(committed("overwritten", one)).hasValue(101);
    }

    @Test
    void offsetsOfOthersAreNotCommitted() {
        Host a = join(config("refused", "a"));
        awaitShared(12, a);
        TopicPartition none = new TopicPartition("orders", 99);
        assertThatThrownBy(() -> a.member().commit(Map.of(none, 1L)).join())
                .hasCauseInstanceOf(CommitFailedException.class);
        a.member().leave().join();
        assertThatThrownBy(() -> a.member().commit(Map.of(any(a), 1L)).join()).isNotNull();
    }

    @Test
    void aListOfMembersThatMayNotBeReadAnyMoreEmptiesNoGroup() {
        ClientTraffic leader = new ClientTraffic();
        Host a = join(config("closed", "a"), builder().traffic(leader));
        awaitShared(12, a);
        Host b = join(config("closed", "b"));
        awaitShared(12, a, b);
        awaitStable("closed", GroupMode.NATIVE, 2);
        Set<TopicPartition> before = partitionsOf(a);
        String ids = new GroupPaths("closed").ids();
        client().sync()
                .setAcl(
                        ids,
                        List.of(new Acl(
                                Acl.ALL & ~Acl.READ, Acl.OPEN_UNSAFE.get(0).identity())),
                        -1);
        long requests = leader.requests();
        Host c = join(config("closed", "c"));
        // What it asks for is refused, and asked for again.
        await().until(() -> leader.requests() >= requests + 3);
        assertThat(partitionsOf(a)).isEqualTo(before);
        assertThat(partitionsOf(b)).hasSize(6);
        assertThat(c.positions()).isEmpty();
        client().sync().setAcl(ids, Acl.OPEN_UNSAFE, -1);
        awaitShared(12, a, b, c);
        assertThat(before).containsAll(partitionsOf(a));
    }

    @Test
    void newPartitionsAreTakenUp() {
        Host a = join(config("growing", "a"));
        Host b = join(config("growing", "b"));
        awaitShared(12, a, b);
        topic("orders", 11);
        awaitShared(15, a, b);
    }

    @Test
    void aStaticMemberThatReturnsFindsItsPartitions() {
        Host a = join(config("static", "a").with(Identity.fixed("i-a")));
        Host b = join(config("static", "b").with(Identity.fixed("i-b")));
        awaitShared(12, a, b);
        Set<TopicPartition> before = partitionsOf(b);
        List<String> tellsBefore = a.told();
        b.member().goAway().join();
        Host again = join(config("static", "b").with(Identity.fixed("i-b")));
        await().untilAsserted(() -> assertThat(partitionsOf(again)).isEqualTo(before));
        assertThat(a.told()).isEqualTo(tellsBefore);
    }

    @Test
    void aSecondMemberWithTheSameInstanceIdEndsTheFirst() {
        Host first = join(config("fenced", "a").with(Identity.fixed("i-a")));
        awaitShared(12, first);
        Host second = join(config("fenced", "a").with(Identity.fixed("i-a")));
        awaitShared(12, second);
        await().untilAsserted(() -> assertThat(first.told()).last().asString().contains("instance id"));
    }

    @Test
    void aMemberThatIsThrownOutStopsAndJoinsAnew() {
        Host a = join(config("evicted", "a"));
        Host b = join(config("evicted", "b"));
        awaitShared(12, a, b);
        String id = a.member().view().id();
        assertThat(admin().evict("evicted", id)).isTrue();
        assertThat(admin().evict("evicted", id)).isFalse();
        await().untilAsserted(
                        () -> assertThat(a.member().view().id()).isNotNull().isNotEqualTo(id));
        awaitShared(12, a, b);
        assertThat(a.told()).anyMatch(line -> line.startsWith("lost"));
    }

    @Test
    void anOldConsumerMakesTheGroupCompatAndItsDepartureNative() {
        Host a = join(config("switched", "a"));
        Host b = join(config("switched", "b"));
        awaitShared(12, a, b);
        String id = new GroupPaths("switched").id("switched_old");
        byte[] body = "{\"version\":1,\"subscription\":{\"orders\":1},\"pattern\":\"static\",\"timestamp\":\"1\"}"
                .getBytes(StandardCharsets.UTF_8);
        try (CoordinatorClient old = builder().connect()) {
            old.sync().create(id, body, CreateMode.EPHEMERAL);
            await().untilAsserted(() -> assertThat(
                            reader().describe("switched").orElseThrow().mode())
                    .isEqualTo(GroupMode.COMPAT));
            // Range gives the third member in order the last of eight partitions among three: two of them.
            awaitShared(10, a, b);
        }
        awaitStable("switched", GroupMode.NATIVE, 2);
        awaitShared(12, a, b);
    }

    @Test
    void aHostWithoutHeartbeatLeaves() {
        Timing timing = new Timing(100, 30_000, 60_000, 60_000, 500, 2_000);
        Host a = join(config("livelock", "a").with(timing));
        await().untilAsserted(
                        () -> assertThat(a.told()).last().asString().isEqualTo("ended no heartbeat from the host"));
        await().untilAsserted(() -> assertThat(
                        reader().describe("livelock").orElseThrow().members())
                .isEmpty());
    }

    @Test
    void aGroupWithoutMembersIsResetAndDeleted() {
        Host a = join(config("deleted", "a"));
        awaitShared(12, a);
        TopicPartition one = any(a);
        a.member().commit(Map.of(one, 9L)).join();
        assertThatThrownBy(() -> admin().delete("deleted")).isInstanceOf(GroupConflict.class);
        a.member().leave().join();
        await().untilAsserted(() ->
                assertThat(reader().describe("deleted").orElseThrow().members()).isEmpty());
        GroupFacts facts = reader().describe("deleted").orElseThrow();
        admin().reset("deleted", admin().planReset(facts, Set.of(one), OffsetReset.toOffset(3)));
        assertThat(committed("deleted", one)).hasValue(3);
        admin().deleteOffsets("deleted", Set.of(one));
        assertThat(reader().names()).contains("deleted");
        admin().delete("deleted");
        assertThat(reader().names()).doesNotContain("deleted");
        assertThat(reader().describe("deleted")).isEmpty();
    }

    /** An old consumer creates the parent of the registrations again if it finds it gone. */
    @Test
    void aGroupThatSomebodyJoinsIsNotDeletedAnyFurther() {
        GroupPaths paths = new GroupPaths("joined");
        int offsets = manyOffsets(paths);
        CoordinatorClient old = keep(builder().connect());
        AtomicInteger left = new AtomicInteger();
        assertThatThrownBy(() -> admin().delete("joined", soFar -> {
                    if (left.get() == 0) {
                        old.sync().create(paths.ids(), null, CreateMode.PERSISTENT);
                        old.sync().create(paths.id("joined_old"), new byte[0], CreateMode.EPHEMERAL);
                        left.set(kept(paths));
                    }
                }))
                .isInstanceOf(GroupConflict.class);
        assertThat(kept(paths)).isEqualTo(left.get()).isBetween(1, offsets - 1);
        assertThat(reader().names()).contains("joined");
    }

    @Test
    void aGroupFromWhichSomethingVanishesMeanwhileIsDeletedAllTheSame() {
        GroupPaths paths = new GroupPaths("vanishing");
        int offsets = manyOffsets(paths);
        List<Integer> told = new ArrayList<>();
        admin().delete("vanishing", soFar -> {
            told.add(soFar);
            if (told.size() == 1) {
                TopicPartition one = new TopicPartition("orders", 0);
                TopicPartition other = new TopicPartition("orders", offsets - 1);
                boolean isFirstThere = client().sync().exists(paths.offset(one)).exists();
                client().sync().delete(paths.offset(isFirstThere ? one : other), -1);
                client().sync().create(paths.offsets("late"), null, CreateMode.PERSISTENT);
            }
        });
        assertThat(told).isSorted().hasSizeGreaterThan(2);
        assertThat(reader().names()).doesNotContain("vanishing");
        admin().delete("vanishing");
    }

    private int manyOffsets(GroupPaths paths) {
        int count = 1_000;
        List<WriteOp> ops = new ArrayList<>();
        for (String path : List.of(paths.root(), paths.ids(), paths.offsets(), paths.offsets("orders"))) {
            ops.add(WriteOp.create(path, null, CreateMode.PERSISTENT));
        }
        for (int p = 0; p < count; p++) {
            ops.add(WriteOp.create(
                    paths.offset(new TopicPartition("orders", p)), new byte[] {'1'}, CreateMode.PERSISTENT));
        }
        if (!client().sync().exists(GroupPaths.CONSUMERS).exists()) {
            client().sync().create(GroupPaths.CONSUMERS, null, CreateMode.PERSISTENT);
        }
        client().sync().multi(ops);
        return count;
    }

    private int kept(GroupPaths paths) {
        return client().sync().getChildren(paths.offsets("orders")).names().size();
    }

    /** Whether Kafka's own topics are left out is known to the members only. */
    @Test
    void aGroupThatReadsKafkasOwnTopicsComesToRest() {
        topic("__consumer_offsets", 2);
        Policy all = new Policy(
                Policy.DEFAULT.mode(),
                Policy.DEFAULT.assignor(),
                Policy.DEFAULT.legacyStrategy(),
                Policy.DEFAULT.legacyPolicy(),
                Policy.DEFAULT.externalOffset(),
                false);
        Subscription both = Subscription.whiteList("orders,__consumer_offsets", 1);
        Host a = join(new GroupConfig("internal", both, Identity.named("a"), all, QUICK));
        awaitShared(10, a);
        assertThat(awaitStable("internal", GroupMode.NATIVE, 1).members().get(0).target())
                .hasSize(10);
    }

    @Test
    void aBodyThatNamesWhatCannotBeATopicKeepsNobodyFromReadingTheGroup() {
        String id = new GroupPaths("foreign").id("foreign_old");
        Host a = join(config("foreign", "a"));
        awaitShared(12, a);
        byte[] body = "{\"version\":1,\"subscription\":{\"\":1,\"a//b\":1},\"pattern\":\"static\",\"timestamp\":\"1\"}"
                .getBytes(StandardCharsets.UTF_8);
        client().sync().create(id, body, CreateMode.PERSISTENT);
        assertThat(reader().describe("foreign").orElseThrow().members()).hasSize(2);
        client().sync().delete(id, -1);
    }

    @Test
    void offsetsOfATopicThatIsDeletedGoAfterAWhile() {
        topic("passing", 3);
        GroupConfig config = new GroupConfig("retention", Subscription.topics(List.of("orders", "passing")))
                .with(QUICK)
                .withOffsetsRetention(1_000);
        Host a = join(config.with(Identity.named("a")));
        Host b = join(config.with(Identity.named("b")));
        awaitShared(11, a, b);
        for (Host each : List.of(a, b)) {
            partitionsOf(each)
                    .forEach(one -> each.member().commit(Map.of(one, 5L)).join());
        }
        GroupPaths paths = new GroupPaths("retention");
        client().sync().delete(GroupPaths.topic("passing"), -1);
        awaitShared(8, a, b);
        await().until(() -> client().sync().getChildren(paths.offsets()).names().equals(List.of("orders")));
        assertThat(client().sync().getChildren(paths.owners()).names()).containsExactly("orders");
        assertThat(client().sync().getChildren(paths.goneTopics()).names()).isEmpty();
        assertThat(client().sync().getChildren(paths.offsets("orders")).names()).hasSize(8);
        topic("passing", 3);
        awaitShared(11, a, b);
        TopicPartition one = new TopicPartition("passing", 0);
        Host has = a.positions().containsKey(one) ? a : b;
        has.member().commit(Map.of(one, 1L)).join();
        assertThat(committed("retention", one)).hasValue(1);
    }

    @Test
    void aMemberCutOffStopsBeforeOthersTakeOver() throws Exception {
        Host a = join(config("cut", "a"));
        try (Cable cable = new Cable(server().process().address())) {
            Host b = keep(Host.join(
                    config("cut", "b"),
                    CoordinatorClient.builder(cable.connectString()).sessionTimeout(Duration.ofSeconds(4))));
            awaitShared(12, a, b);
            String id = b.member().view().id();
            TopicPartition one = any(b);
            cable.cut();
            await().until(() -> {
                boolean taken = a.positions().containsKey(one);
                // Whoever looks at both at one moment never sees two.
                assertThat(taken && b.member().mayProcess(one)).isFalse();
                return a.positions().size() == 12;
            });
            await().untilAsserted(() -> assertThat(b.positions()).isEmpty());
            cable.mend();
            awaitShared(12, a, b);
            assertThat(b.member().view().id()).isNotEqualTo(id);
        }
    }

    /** The zombie's commit: on its way for longer than its session has lived (F2.6). */
    @Test
    void aCommitThatArrivesAfterItsSessionIsRefused() throws Exception {
        Host a = join(config("late", "a"));
        try (Cable cable = new Cable(server().process().address())) {
            Host b = keep(Host.join(
                    config("late", "b"),
                    CoordinatorClient.builder(cable.connectString()).sessionTimeout(Duration.ofSeconds(4))));
            awaitShared(12, a, b);
            String id = b.member().view().id();
            TopicPartition one = any(b);
            b.member().commit(Map.of(one, 10L)).join();
            cable.capture();
            CompletableFuture<Void> late = b.member().commit(Map.of(one, 11L));
            await().until(() -> LateCommit.transactions(cable.captured()).length > 0);
            byte[] commit = LateCommit.transactions(cable.captured());
            await().until(() -> a.positions().size() == 12);
            assertThat(a.positions()).containsEntry(one, 10L);
            LateCommit.deliver(commit, server().process().address());
            assertThat(committed("late", one)).hasValue(10);
            assertThatThrownBy(late::join).hasCauseInstanceOf(CommitFailedException.class);
            cable.endCapture();
            cable.mend();
            awaitShared(12, a, b);
            assertThat(b.member().view().id()).isNotEqualTo(id);
            // What the new life does not have it cannot commit either, whatever it was in the old one.
            TopicPartition others = any(a);
            assertThatThrownBy(() -> b.member().commit(Map.of(others, 99L)).join())
                    .hasCauseInstanceOf(CommitFailedException.class);
        }
    }

    /** Others may be made with it, by other threads, at any time. */
    @Test
    void aBuilderStaysAsItWasGiven() throws Exception {
        CompletableFuture<SessionEvent> heard = new CompletableFuture<>();
        ClientBuilder builder = builder().listener((event, reason) -> heard.complete(event));
        awaitShared(12, join(config("built", "a"), builder));
        assertThat(heard).isNotDone();
        try (CoordinatorClient other = builder.connect()) {
            other.sync().awaitConnected();
            assertThat(heard.get(2, TimeUnit.MINUTES)).isEqualTo(SessionEvent.CONNECTED);
        }
    }

    @Test
    void aSessionThatIsOverIsResumedOnce() {
        CoordinatorClient gone = builder().connect();
        Session session = gone.sync().awaitConnected();
        gone.close();
        awaitShared(12, join(config("resumed", "a"), builder().resume(session)));
    }

    @Test
    void aNodeThatIsLookedAtTwiceIsToldOnce() {
        SessionLinkContract.aNodeThatIsLookedAtTwiceIsToldOnce(client(), server().connectString());
    }

    @Test
    void bodiesTellOperatorsWhoIsThere() {
        Identity identity = new Identity("a", null, "r1", "some-host", true);
        Host a = join(config("named", "a").with(identity));
        awaitShared(12, a);
        MemberFacts facts = awaitStable("named", GroupMode.NATIVE, 1).members().get(0);
        assertThat(facts.origin().rack()).isEqualTo("r1");
        assertThat(facts.origin().host()).isEqualTo("some-host");
        assertThat(facts.isQuorate()).isTrue();
        assertThat(facts.target()).isEqualTo(facts.owned()).hasSize(12);
        assertThat(reader().list()).anyMatch(group -> group.group().equals("named"));
    }
}
