package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.EnsembleDriver.Member;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.wire.proto.SyncResponse;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.RevalidationReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a learner answers, in which order, and what it asks its leader (quorum protocol, sections 13 and 14). */
final class LearningTest {

    private static final long EPOCH = 1L << 32;

    private final EnsembleDriver ensemble = new EnsembleDriver();
    private final Member learner = ensemble.learner();
    private final CoreDriver driver = learner.driver;
    private final RecordingClient client = learner.connected();

    @Test
    void aSessionIsAnsweredWhenItsTransactionIsAppliedHere() {
        RecordingClient late = driver.open();
        driver.connect(late, 7000);
        learner.reachLeader();
        ensemble.commit();

        assertThat(late.take()).isEmpty();
        learner.hearLeader();
        assertThat(late.take()).containsExactly("connected for 7000");
        assertThat(late.session() >>> 56).isEqualTo(EnsembleDriver.LEARNER);
    }

    @Test
    void aWriteIsAnsweredWhenItIsAppliedHereAndReadsWaitForIt() {
        driver.create(client, 1, "/a", 0);
        driver.exists(client, 2, "/a", false);
        learner.reachLeader();
        ensemble.commit();

        assertThat(ensemble.leader().driver.isThere("/a")).isTrue();
        assertThat(client.take()).isEmpty();
        learner.hearLeader();
        assertThat(client.take()).containsExactly("reply 1 at " + (EPOCH + 2), "reply 2 at " + (EPOCH + 2));
    }

    @Test
    void readsOfOthersWaitForNothing() {
        RecordingClient reader = learner.connected();
        driver.create(client, 1, "/a", 0);
        driver.exists(reader, 1, "/a", false);

        assertThat(reader.take()).containsExactly("reply 1 at " + (EPOCH + 2) + " error -101");
    }

    @Test
    void whatTheLeaderRefusesIsAnsweredInTheSameOrder() {
        driver.delete(client, 1, "/none");
        driver.create(client, 2, "/a", 0);
        driver.create(client, 3, "/a", 0);
        ensemble.settle();

        assertThat(client.take())
                .containsExactly(
                        "reply 1 at " + (EPOCH + 2) + " error -101",
                        "reply 2 at " + (EPOCH + 3),
                        "reply 3 at " + (EPOCH + 4) + " error -110");
    }

    @Test
    void whatOthersWriteIsAppliedAndAnsweredNobodyHere() {
        RecordingClient elsewhere = ensemble.other().connected();
        driver.exists(client, 1, "/a", true);
        ensemble.other().driver.create(elsewhere, 1, "/a", 0);
        ensemble.settle();

        assertThat(client.take())
                .containsExactly("reply 1 at " + (EPOCH + 2) + " error -101", "NODE_CREATED /a at " + (EPOCH + 3));
        assertThat(elsewhere.take()).containsExactly("reply 1 at " + (EPOCH + 3));
    }

    @Test
    void whatCannotBeReadOrDoesHarmIsNeverSentOn() {
        driver.request(client, 1, OpCode.CREATE, null);
        driver.request(client, 2, OpCode.MULTI, null);
        driver.request(client, 3, OpCode.SYNC, null);
        driver.request(client, 4, OpCode.CREATE_TTL, new CreateTtlRequest("/t", null, Acl.OPEN_UNSAFE, 0, -1));

        assertThat(learner.toLeader).isEmpty();
        assertThat(client.take())
                .containsExactly(
                        "reply 1 at " + (EPOCH + 1) + " error -5",
                        "reply 2 at " + (EPOCH + 1) + " error -5",
                        "reply 3 at " + (EPOCH + 1) + " error -5",
                        "reply 4 at " + (EPOCH + 1) + " error -8");
    }

    @Test
    void anUnknownOperationEndsTheConnectionWithoutTheLeader() {
        driver.request(client, 1, null, null);

        assertThat(learner.toLeader).isEmpty();
        assertThat(client.take()).containsExactly("reply 1 at -1 error -6", "closed");
    }

    @Test
    void aSyncHasItsPlaceAmongTheRequestsOfItsClient() {
        RecordingClient elsewhere = ensemble.leader().connected();
        learner.hearLeader();
        driver.create(client, 1, "/a", 0);
        driver.request(client, 2, OpCode.SYNC, new SyncRequest("/x"));
        driver.exists(client, 3, "/b", false);
        ensemble.leader().driver.create(elsewhere, 1, "/b", 0);
        learner.reachLeader();
        driver.exists(client, 4, "/b", false);
        ensemble.commit();

        assertThat(client.take()).isEmpty();
        learner.hearLeader();
        assertThat(client.take())
                .containsExactly(
                        "reply 1 at " + (EPOCH + 4),
                        "reply 2 at " + (EPOCH + 4),
                        "reply 3 at " + (EPOCH + 4),
                        "reply 4 at " + (EPOCH + 4));
        driver.request(client, 5, OpCode.SYNC, new SyncRequest("/x"));
        ensemble.settle();
        assertThat(client.body()).isEqualTo(new SyncResponse("/x"));
    }

    @Test
    void syncsOfClientsThatAreGoneKeepTheirPlace() {
        RecordingClient second = learner.connected();
        driver.request(client, 1, OpCode.SYNC, new SyncRequest("/x"));
        driver.request(second, 1, OpCode.SYNC, new SyncRequest("/y"));
        driver.deliver(new Event.ClientGone(client.client()));
        learner.reachLeader();
        learner.fromLeader.poll().run();

        assertThat(second.take()).isEmpty();
        learner.fromLeader.poll().run();
        assertThat(second.take()).containsExactly("reply 1 at " + (EPOCH + 2));
    }

    @Test
    void theLeaderJudgesByWhatTheConnectionHasProved() {
        driver.deliver(new Event.ClientProved(client.client(), -4, List.of(new Identity("digest", "bob:x"))));
        List<Acl> mine = List.of(new Acl(Acl.ALL, new Identity("auth", "")));
        driver.request(client, 1, OpCode.CREATE, new CreateRequest("/mine", null, mine, 0));
        RecordingClient stranger = learner.connected();
        driver.setData(stranger, 1, "/mine");
        ensemble.settle();

        assertThat(client.take()).containsExactly("reply -4 at 0", "reply 1 at " + (EPOCH + 2));
        assertThat(stranger.take()).containsExactly("reply 1 at " + (EPOCH + 4) + " error -102");
    }

    @Test
    void aMultiIsAnsweredWithTheResultsOfItsParts() {
        byte[] data = "x".getBytes(StandardCharsets.UTF_8);
        MultiRequest multi = new MultiRequest(List.of(
                new MultiOp(OpCode.CREATE.code(), new CreateRequest("/a", data, Acl.OPEN_UNSAFE, 0)),
                new MultiOp(OpCode.CHECK.code(), new CheckVersionRequest("/a", 0))));
        driver.request(client, 1, OpCode.MULTI, multi);
        driver.request(client, 2, OpCode.GET_DATA, new GetDataRequest("/a", false));
        ensemble.settle();

        assertThat(client.take()).containsExactly("reply 1 at " + (EPOCH + 2), "reply 2 at " + (EPOCH + 2));
        assertThat(((GetDataResponse) client.body()).data()).isEqualTo(data);
    }

    @Test
    void aClosedSessionTakesItsEphemeralsAlongEverywhere() {
        driver.create(client, 1, "/e", 1);
        ensemble.settle();
        assertThat(ensemble.other().driver.isThere("/e")).isTrue();
        driver.request(client, 2, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        driver.exists(client, 3, "/e", false);
        ensemble.settle();

        assertThat(client.take()).containsExactly("reply 1 at " + (EPOCH + 2), "reply 2 at " + (EPOCH + 3), "closed");
        assertThat(ensemble.other().driver.isThere("/e")).isFalse();
        assertThat(driver.isThere("/e")).isFalse();
    }

    @Test
    void sessionsThatAreHeardOfLiveOnAndOthersExpireEverywhere() {
        RecordingClient silent = learner.connected();
        driver.create(silent, 1, "/e", 1);
        ensemble.settle();
        silent.take();
        for (int second = 0; second < 20; second++) {
            driver.request(client, second, OpCode.PING, EmptyRequest.INSTANCE);
            ensemble.ping();
            ensemble.pass(1000);
        }

        assertThat(silent.take()).containsExactly("closed");
        assertThat(ensemble.leader().driver.isThere("/e")).isFalse();
        assertThat(client.take()).hasSize(20).allMatch(line -> line.startsWith("reply -2 at "));
    }

    @Test
    void aSessionIsReportedOnceForEachCallHoweverOftenItWasHeardOf() {
        byte[] first = learner.service.takeTouches();
        driver.exists(client, 1, "/", false);
        driver.exists(client, 2, "/", false);

        assertThat(first).hasSize(12);
        assertThat(learner.service.takeTouches()).hasSize(12);
        assertThat(learner.service.takeTouches()).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefusedWithoutTheLeader() {
        RecordingClient again = driver.open();
        driver.resume(again, client.session(), new byte[16]);

        assertThat(learner.toLeader).isEmpty();
        assertThat(again.take()).containsExactly("refused", "closed");
        assertThat(client.take()).containsExactly("closed");
    }

    @Test
    void aSessionMovesToWhereItsClientResumesIt() {
        RecordingClient moved = ensemble.other().driver.open();
        ensemble.other().driver.resume(moved, client.session(), client.password());
        assertThat(moved.take()).isEmpty();
        ensemble.settle();
        assertThat(moved.take()).containsExactly("connected for 10000");

        assertThat(client.take()).containsExactly("closed");
        driver.create(client, 2, "/late", 0);
        ensemble.other().driver.create(moved, 1, "/good", 0);
        ensemble.settle();

        assertThat(moved.take()).containsExactly("reply 1 at " + (EPOCH + 3));
        assertThat(driver.isThere("/late")).isFalse();
        assertThat(driver.isThere("/good")).isTrue();
    }

    @Test
    void questionsAboutSessionsAreMatchedByTheirIds() {
        RecordingClient second = learner.connected();
        Member other = ensemble.other();
        RecordingClient one = other.driver.open();
        RecordingClient two = other.driver.open();
        RecordingClient unknown = other.driver.open();
        other.driver.resume(one, client.session(), client.password());
        other.driver.resume(two, second.session(), second.password());
        other.driver.resume(unknown, 77, io.quorate.coordinator.session.SessionIds.password(77));
        QuorumPacket first = other.toLeader.poll();
        other.toLeader.add(first);
        ensemble.settle();

        assertThat(one.take()).containsExactly("connected for 10000");
        assertThat(two.take()).containsExactly("connected for 10000");
        assertThat(unknown.take()).containsExactly("refused", "closed");
        assertThat(one.session()).isEqualTo(client.session());
    }

    @Test
    void whoeverAsksAgainForASessionEndsTheConnectionThatAskedBefore() {
        Member other = ensemble.other();
        RecordingClient one = other.driver.open();
        RecordingClient two = other.driver.open();
        other.driver.resume(one, client.session(), client.password());
        other.driver.resume(two, client.session(), client.password());
        ensemble.settle();

        assertThat(one.take()).containsExactly("closed");
        assertThat(two.take()).containsExactly("connected for 10000");
    }

    @Test
    void whatWasSentBeforeASessionMovedIsNotDoneBehindIt() {
        RecordingClient moved = ensemble.other().driver.open();
        ensemble.other().driver.resume(moved, client.session(), client.password());
        ensemble.other().reachLeader();
        driver.create(client, 2, "/late", 0);
        ensemble.settle();

        assertThat(client.take()).containsExactly("closed");
        assertThat(moved.take()).containsExactly("connected for 10000");
        assertThat(driver.isThere("/late")).isFalse();
    }

    /** Its end was asked for here, but it had moved by then. */
    @Test
    void aSessionThatComesBackIsHeard() {
        driver.request(client, 1, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        RecordingClient moved = ensemble.other().driver.open();
        ensemble.other().driver.resume(moved, client.session(), client.password());
        ensemble.other().reachLeader();
        ensemble.settle();
        assertThat(client.take()).containsExactly("closed");
        RecordingClient back = driver.open();
        driver.resume(back, client.session(), client.password());
        ensemble.settle();
        driver.exists(back, 1, "/", false);

        assertThat(back.take()).hasSize(2).last().asString().startsWith("reply 1");
    }

    /** A leader that is ZooKeeper answers at once. */
    @Test
    void aSessionThatIsNotAppliedHereYetIsAnsweredWhenItIs() {
        RecordingClient fresh = ensemble.leader().driver.open();
        ensemble.leader().driver.connect(fresh, 10_000);
        ensemble.commit();
        Member other = ensemble.other();
        Runnable created = other.fromLeader.poll();
        RecordingClient moved = other.driver.open();
        other.driver.resume(moved, fresh.session(), fresh.password());
        other.service.onRevalidated(QuorumPacket.revalidateReply(new RevalidationReply(fresh.session(), true)));

        assertThat(moved.take()).isEmpty();
        created.run();
        assertThat(moved.take()).containsExactly("connected for 10000");
    }

    @Test
    void noMoreIsInFlightTowardsTheLeaderThanIsAllowed() {
        EnsembleDriver small = new EnsembleDriver(3);
        CoreDriver few = small.learner().driver;
        RecordingClient writer = small.learner().connected();
        few.create(writer, 1, "/a", 0);
        few.request(writer, 2, OpCode.SYNC, new SyncRequest("/"));
        assertThat(few.core().isFull()).isFalse();
        few.connect(few.open(), 10_000);
        assertThat(few.core().isFull()).isTrue();
        few.deliver(new Event.ClientGone(writer.client()));
        assertThat(few.core().isFull()).isFalse();
        small.settle();
        few.look(view -> assertThat(view.outstanding()).isZero());
    }

    @Test
    void whoStopsServingAnswersNobodyAndAppliesWhatIsCommittedLater() {
        driver.create(client, 1, "/a", 0);
        learner.reachLeader();
        ensemble.commit();
        RecordingClient connecting = driver.open();
        driver.connect(connecting, 10_000);
        learner.service.retire();

        assertThat(client.take()).containsExactly("closed");
        assertThat(connecting.take()).containsExactly("closed");
        learner.hearLeader();
        assertThat(driver.isThere("/a")).isTrue();
        assertThat(client.take()).isEmpty();
        RecordingClient early = driver.open();
        driver.resume(early, client.session(), client.password());
        assertThat(early.take()).containsExactly("closed");
    }

    @Test
    void aSessionWhoseEndWasNotCommittedCanBeResumedInTheNextEpoch() {
        driver.request(client, 1, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        learner.reachLeader();
        ensemble.nextEpoch();
        learner.toLeader.clear();

        RecordingClient again = driver.open();
        driver.resume(again, client.session(), client.password());
        ensemble.settle();
        assertThat(again.take()).containsExactly("connected for 10000");
        driver.create(again, 1, "/a", 0);
        ensemble.settle();
        assertThat(again.take()).containsExactly("reply 1 at " + (2L << 32 | 2));
    }

    @Test
    void requestsTravelAsTheLeaderReadsThem() {
        driver.create(client, 9, "/a", 0);

        QuorumPacket packet = learner.toLeader.peek();
        assertThat(packet.packetType()).isEqualTo(PacketType.REQUEST);
        assertThat(packet.authinfo()).containsExactly(new Identity("ip", "127.0.0.1"));
    }
}
