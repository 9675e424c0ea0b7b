package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.core.EnsembleDriver.Member;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.quorum.ForwardedRequest;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Revalidation;
import io.quorate.wire.quorum.SessionTouch;
import io.quorate.wire.quorum.SessionTouches;
import io.quorate.wire.quorum.SnapshotPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** What a leader makes of what its learners send, and how it keeps everybody's sessions (quorum protocol, section 13). */
final class LeadingTest {

    private static final long EPOCH = 1L << 32;
    private static final int CHECK = OpCode.CHECK.code();

    private final EnsembleDriver ensemble = new EnsembleDriver();
    private final Member leader = ensemble.leader();
    private final Member learner = ensemble.learner();
    private final RecordingClient client = learner.connected();

    private void forward(long session, int cxid, int opcode, byte[] record) {
        leader.service.onForwarded(
                learner, QuorumPacket.request(new ForwardedRequest(session, cxid, opcode, record), List.of()));
    }

    @Test
    void theEpochsBeginningIsTheFirstZxidThatClientsSee() {
        EnsembleDriver fresh = new EnsembleDriver();
        assertThat(fresh.leader().driver.lastZxid()).isEqualTo(EPOCH);
        assertThat(fresh.learner().driver.lastZxid()).isEqualTo(EPOCH);
        assertThat(fresh.leader().service.lastApplied()).isZero();

        RecordingClient first = fresh.leader().connected();
        fresh.leader().driver.exists(first, 1, "/", false);
        assertThat(first.take()).containsExactly("reply 1 at " + (EPOCH + 1));
        assertThat(first.session() >>> 56).isEqualTo(EnsembleDriver.LEADER);
    }

    @Test
    void whatALearnerSendsBecomesATransactionEvenIfItIsNonsense() {
        forward(client.session(), 1, OpCode.CREATE.code(), new byte[] {1, 2});
        forward(client.session(), 2, OpCode.GET_DATA.code(), new byte[0]);
        forward(client.session(), 3, 4711, new byte[0]);
        forward(client.session(), 4, OpCode.CREATE_SESSION.code(), new byte[] {1});
        forward(client.session(), 5, CHECK, new byte[] {1});
        ensemble.commit();

        assertThat(leader.driver.lastZxid()).isEqualTo(EPOCH + 6);
    }

    @Test
    void packetsThatCannotBeReadAreRefusedAsAWhole() {
        QuorumPacket empty = QuorumPacket.ping(0);

        assertThatThrownBy(() -> leader.service.onForwarded(learner, empty)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> leader.service.onRevalidate(learner, empty)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> leader.service.onTouches(learner, new byte[5])).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> learner.service.onRevalidated(empty)).isInstanceOf(MalformedException.class);
    }

    @Test
    void requestsOfSessionsThatEndAreRefusedAsExpired() {
        learner.driver.create(client, 1, "/a", 0);
        leader.service.onForwarded(
                learner,
                QuorumPacket.request(
                        new ForwardedRequest(client.session(), 0, OpCode.CLOSE_SESSION.code(), new byte[0]), null));
        learner.reachLeader();
        ensemble.commit();
        Runnable close = learner.fromLeader.poll();
        learner.hearLeader();

        assertThat(client.take()).containsExactly("reply 1 at " + (EPOCH + 3) + " error -112");
        close.run();
        assertThat(client.take()).containsExactly("closed");
    }

    @Test
    void aSessionThatIsOnlyPlannedMayWriteAlready() {
        long upgraded = 77;
        forward(upgraded, 0, OpCode.CREATE_SESSION.code(), new byte[] {0, 0, 0x20, 0});
        byte[] create = {
            0, 0, 0, 2, '/', 'e', -1, -1, -1, -1, 0, 0, 0, 1, 0, 0, 0, 31, 0, 0, 0, 5, 'w', 'o', 'r', 'l', 'd', 0, 0, 0,
            6, 'a', 'n', 'y', 'o', 'n', 'e', 0, 0, 0, 1
        };
        forward(upgraded, 1, OpCode.CREATE.code(), create);
        ensemble.settle();

        assertThat(learner.driver.isThere("/e")).isTrue();
        ensemble.pass(20_000);
        assertThat(learner.driver.isThere("/e")).isFalse();
    }

    @Test
    void aClientOfTheLeaderWhoseSessionMovesIsDisconnected() {
        RecordingClient own = leader.connected();
        learner.hearLeader();
        leader.driver.create(own, 1, "/a", 0);
        RecordingClient moved = learner.driver.open();
        learner.driver.resume(moved, own.session(), own.password());
        ensemble.settle();

        assertThat(own.take()).containsExactly("closed");
        assertThat(moved.take()).containsExactly("connected for 10000");
        assertThat(leader.driver.isThere("/a")).isTrue();
    }

    @Test
    void aSessionThatMovesToTheLeaderIsServedThereAlone() {
        RecordingClient moved = leader.driver.open();
        leader.driver.resume(moved, client.session(), client.password());
        assertThat(moved.take()).isEmpty();
        ensemble.commit();
        assertThat(moved.take()).containsExactly("connected for 10000");
        leader.driver.deliver(new Event.ClientGone(moved.client()));
        learner.driver.create(client, 1, "/late", 0);
        ensemble.settle();

        assertThat(client.take()).containsExactly("closed");
        assertThat(leader.driver.isThere("/late")).isFalse();
    }

    @Test
    void whoComesTwiceBeforeItsMoveIsOnRecordHasToComeAgain() {
        RecordingClient first = leader.driver.open();
        RecordingClient second = leader.driver.open();
        RecordingClient third = leader.driver.open();
        leader.driver.resume(first, client.session(), client.password());
        leader.driver.deliver(new Event.ClientGone(first.client()));
        leader.driver.resume(second, client.session(), client.password());
        assertThat(second.take()).containsExactly("closed");
        ensemble.settle();
        assertThat(first.take()).isEmpty();
        leader.driver.resume(third, client.session(), client.password());

        assertThat(third.take()).containsExactly("connected for 10000");
    }

    @Test
    void aSessionThatMovesOnBeforeItArrivedIsServedWhereItWentLast() {
        RecordingClient here = leader.driver.open();
        leader.driver.resume(here, client.session(), client.password());
        RecordingClient there = ensemble.other().driver.open();
        ensemble.other().driver.resume(there, client.session(), client.password());
        ensemble.other().reachLeader();
        ensemble.settle();

        assertThat(here.take()).containsExactly("closed");
        assertThat(there.take()).containsExactly("connected for 10000");
    }

    @Test
    void aSessionWhoseEndIsNotCommittedIsNotSaidToBeOver() {
        RecordingClient moved = leader.driver.open();
        leader.driver.resume(moved, client.session(), client.password());
        leader.driver.pass(30_000);
        RecordingClient again = leader.driver.open();
        leader.driver.resume(again, client.session(), client.password());
        assertThat(again.take()).containsExactly("closed");
        ensemble.settle();
        assertThat(moved.take()).containsExactly("closed");

        RecordingClient late = leader.driver.open();
        leader.driver.resume(late, client.session(), client.password());
        assertThat(late.take()).containsExactly("refused", "closed");
    }

    /** What waited for space was asked for before its client left, was answered elsewhere, and came back. */
    @Test
    void withoutSpaceSessionsMoveAndLeaveTheirWritesBehind() {
        leader.driver.deliver(new Event.LogSpace(false));
        learner.driver.create(client, 1, "/late", 0);
        learner.reachLeader();
        RecordingClient there = ensemble.other().driver.open();
        ensemble.other().driver.resume(there, client.session(), client.password());
        ensemble.settle();
        assertThat(there.take()).containsExactly("connected for 10000");
        RecordingClient back = learner.driver.open();
        learner.driver.resume(back, client.session(), client.password());
        ensemble.settle();
        assertThat(back.take()).containsExactly("connected for 10000");
        leader.driver.deliver(new Event.LogSpace(true));
        ensemble.pass(1000);

        assertThat(leader.driver.isThere("/late")).isFalse();
        learner.driver.create(back, 2, "/good", 0);
        ensemble.settle();
        assertThat(leader.driver.isThere("/good")).isTrue();
    }

    @Test
    void aLeaderWithoutSpaceStillAnswersReadsOfItsOwnClients() {
        leader.driver.deliver(new Event.LogSpace(false));
        learner.driver.create(client, 1, "/waits", 0);
        learner.reachLeader();

        assertThat(leader.driver.core().isFull()).isFalse();
    }

    /** Found by seeds: the request to end the session was under way for longer than its client took to move. */
    @Test
    void aSessionThatMovedDoesNotEndWhereItWasBefore() {
        RecordingClient moved = leader.driver.open();
        learner.driver.request(client, 1, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        leader.driver.resume(moved, client.session(), client.password());
        ensemble.commit();
        leader.driver.create(moved, 2, "/after", 0);
        ensemble.settle();

        assertThat(moved.take()).containsExactly("connected for 10000", "reply 2 at " + (EPOCH + 3));
        leader.driver.create(moved, 3, "/later", 0);
        ensemble.settle();
        assertThat(leader.driver.isThere("/later")).isTrue();
    }

    @Test
    void whatALearnerServedThatIsGoneMustBeAskedForAgain() {
        leader.service.onLearnerGone(learner);
        learner.driver.create(client, 1, "/late", 0);
        ensemble.settle();
        assertThat(client.take()).containsExactly("closed");

        RecordingClient again = learner.driver.open();
        learner.driver.resume(again, client.session(), client.password());
        learner.driver.create(again, 1, "/early", 0);
        ensemble.settle();
        learner.driver.create(again, 1, "/good", 0);
        ensemble.settle();
        assertThat(again.take()).containsExactly("connected for 10000", "reply 1 at " + (EPOCH + 4));
        assertThat(leader.driver.isThere("/good")).isTrue();
    }

    @Test
    void aNewLeaderGrantsEverySessionItsWholeTimeoutAndItsFirstUserOwnsIt() {
        ensemble.pass(9000);
        ensemble.nextEpoch();
        ensemble.pass(9000);
        assertThat(session(leader)).isTrue();

        forward(client.session(), 1, CHECK, new byte[] {0, 0, 0, 1, '/', -1, -1, -1, -1});
        leader.service.onForwarded(
                ensemble.other(),
                QuorumPacket.request(
                        new ForwardedRequest(client.session(), 2, CHECK, new byte[] {0, 0, 0, 1, '/', -1, -1, -1, -1}),
                        null));
        ensemble.settle();
        assertThat(leader.driver.logged()).isEmpty();
        ensemble.pass(3000);
        assertThat(session(leader)).isFalse();
        assertThat(session(learner)).isFalse();
    }

    private boolean session(Member member) {
        boolean[] there = {false};
        member.driver.look(view -> there[0] = view.sessions().get(client.session()) != null);
        return there[0];
    }

    @Test
    void onlyALeaderLetsSessionsExpire() {
        leader.service.retire();
        learner.driver.pass(60_000);
        leader.driver.pass(60_000);

        assertThat(session(leader)).isTrue();
        assertThat(session(learner)).isTrue();
    }

    @Test
    void aQuestionAboutASessionLetsItLiveOn() {
        ensemble.pass(9000);
        leader.service.onRevalidate(learner, QuorumPacket.revalidate(new Revalidation(client.session(), 20_000)));
        ensemble.pass(15_000);
        assertThat(session(leader)).isTrue();

        leader.service.onTouches(
                learner, touches(new SessionTouch(client.session(), 5000), new SessionTouch(99, 5000)));
        ensemble.pass(4000);
        assertThat(session(leader)).isTrue();
        ensemble.pass(3000);
        assertThat(session(leader)).isFalse();
    }

    private static byte[] touches(SessionTouch... touched) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        JuteWriter writer = new JuteWriter().wrap(buffer, 0);
        new SessionTouches(List.of(touched)).write(writer);
        byte[] bytes = new byte[writer.position()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    @Test
    void whatThereIsNoRoomForWaitsInOrder() {
        ensemble.hasRoom(false);
        learner.driver.create(client, 1, "/a", 0);
        learner.driver.create(client, 2, "/a/b", 0);
        learner.driver.request(client, 3, OpCode.SYNC, new io.quorate.wire.proto.SyncRequest("/"));
        ensemble.settle();
        assertThat(client.take()).isEmpty();
        assertThat(leader.driver.core().isFull()).isTrue();
        leader.driver.look(view -> assertThat(view.outstanding()).isEqualTo(3));

        ensemble.hasRoom(true);
        ensemble.pass(1);
        assertThat(client.take())
                .containsExactly("reply 1 at " + (EPOCH + 2), "reply 2 at " + (EPOCH + 3), "reply 3 at " + (EPOCH + 3));
        assertThat(leader.driver.core().isFull()).isFalse();
    }

    @Test
    void learnersWaitWhileTheLeaderIsShortOfSpace() {
        leader.driver.deliver(new Event.LogSpace(false));
        learner.driver.create(client, 1, "/a", 0);
        ensemble.settle();
        assertThat(client.take()).isEmpty();

        leader.driver.deliver(new Event.LogSpace(true));
        ensemble.pass(1);
        assertThat(client.take()).containsExactly("reply 1 at " + (EPOCH + 2));
    }

    @Test
    void whatLearnersHaveInFlightKeepsNoClientOfTheLeaderWaiting() {
        EnsembleDriver small = new EnsembleDriver(2);
        RecordingClient far = small.learner().connected();
        small.learner().driver.create(far, 1, "/a", 0);
        small.learner().driver.create(far, 2, "/b", 0);
        small.learner().reachLeader();
        assertThat(small.learner().driver.core().isFull()).isTrue();
        assertThat(small.leader().driver.core().isFull()).isFalse();

        RecordingClient near = small.leader().driver.open();
        small.leader().driver.connect(near, 10_000);
        small.leader().driver.connect(small.leader().driver.open(), 10_000);
        assertThat(small.leader().driver.core().isFull()).isTrue();
    }

    @Test
    void theConfigurationIsANodeThatEachSetsForItself() {
        RecordingClient reader = leader.connected();
        leader.driver.request(reader, 1, OpCode.GET_DATA, new GetDataRequest("/zookeeper/config", false));

        GetDataResponse config = (GetDataResponse) reader.body();
        assertThat(new String(config.data(), StandardCharsets.UTF_8)).isEqualTo(EnsembleDriver.CONFIG);
        assertThat(config.stat().version()).isEqualTo(-1);
        assertThat(config.stat().mzxid()).isEqualTo(10);
        leader.driver.look(view -> assertThat(view.tree().digest()).isEqualTo(EMPTY_DIGEST));
    }

    /** Of a tree that holds nothing but the system nodes (quorum protocol, section 12). */
    private static final long EMPTY_DIGEST = 1371985504L;

    @Test
    void allMembersHaveOneDigestAndOneTable() {
        long seed = 42;
        Random random = new Random(seed);
        RecordingClient near = leader.connected();
        RecordingClient far = ensemble.other().connected();
        for (int i = 0; i < 600; i++) {
            Member member = List.of(leader, learner, ensemble.other()).get(i % 3);
            RecordingClient writer = List.of(near, client, far).get(i % 3);
            String path = "/d" + random.nextInt(9) + (random.nextBoolean() ? "/x" + random.nextInt(3) : "");
            switch (random.nextInt(4)) {
                case 0, 1 -> member.driver.create(writer, i, path, random.nextInt(4));
                case 2 -> member.driver.setData(writer, i, path);
                default -> member.driver.delete(writer, i, path);
            }
            if (random.nextInt(5) == 0) {
                ensemble.settle();
            } else if (random.nextBoolean()) {
                member.reachLeader();
            }
        }
        ensemble.settle();
        ensemble.other().driver.request(far, 700, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        ensemble.settle();

        long[] digest = {0};
        leader.driver.look(view -> digest[0] = view.tree().digest());
        for (Member member : List.of(leader, learner, ensemble.other())) {
            member.driver.look(view -> {
                assertThat(view.tree().digest()).isEqualTo(digest[0]);
                assertThat(view.stats().digestMismatches()).isZero();
                assertThat(view.sessions().size()).isEqualTo(2);
                assertThat(view.outstanding()).isZero();
            });
        }
        assertThat(client.take()).hasSize(200);
    }

    @Test
    void nodesWhoseSessionIsGoneGoWithTheFirstTransactionsOfAnEpoch() {
        List<Member> members = List.of(ensemble.leader(), ensemble.learner(), ensemble.other());
        ensemble.stop();
        ensemble.lose();
        for (Member member : members) {
            member.service.beginLoad();
            member.service.load(node("", 0));
            member.service.load(node("/left", 77));
            member.service.endLoad((1L << 32) + 9);
        }
        ensemble.serveNext();
        assertThat(members).allMatch(member -> member.driver.isThere("/left"));
        ensemble.pass(1);

        assertThat(members).noneMatch(member -> member.driver.isThere("/left"));
        assertThat(members)
                .allMatch(member -> member.driver.core().sessions().missing().isEmpty());
    }

    private static SnapshotPart node(String path, long owner) {
        return new SnapshotPart.NodePart(path, new byte[0], -1, 0, 0, 0, 0, 0, 0, 0, owner, 0);
    }
}
