package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.EnsembleDriver.Member;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SyncRequest;
import org.junit.jupiter.api.Test;

/** What becomes of clients and their requests from one leader to the next. */
final class KeptClientsTest {

    private static final int KEEP_MILLIS = 2000;
    private static final long EPOCH = 1L << 32;
    private static final long NEXT = 2L << 32;

    private final EnsembleDriver ensemble = new EnsembleDriver(1000, (into, upTo) -> {}, KEEP_MILLIS);
    private final Member leader = ensemble.leader();
    private final Member learner = ensemble.learner();
    private final CoreDriver driver = learner.driver;
    private final RecordingClient client = learner.connected();

    @Test
    void whatTheOldLeaderNeverGotIsSentToTheNext() {
        driver.create(client, 1, "/a", 0);
        driver.exists(client, 2, "/a", false);
        ensemble.nextEpoch();
        ensemble.settle();

        assertThat(client.take()).containsExactly("reply 1 at " + (NEXT + 1), "reply 2 at " + (NEXT + 1));
    }

    @Test
    void whatTheOldLeaderProposedInVainIsSentToTheNext() {
        driver.create(client, 1, "/a", 0);
        learner.reachLeader();
        ensemble.nextEpoch();
        ensemble.settle();

        assertThat(client.take()).containsExactly("reply 1 at " + (NEXT + 1));
    }

    @Test
    void whatBelongsToTheNextHistoryIsAnsweredAndNotSentAgain() {
        driver.create(client, 1, "/a", 0);
        driver.exists(client, 2, "/a", false);
        driver.delete(client, 3, "/a");
        learner.reachLeader();
        ensemble.stop();
        ensemble.takeOver();
        ensemble.serveNext();

        assertThat(learner.toLeader).isEmpty();
        assertThat(client.take())
                .containsExactly("reply 1 at " + (EPOCH + 2), "reply 2 at " + (EPOCH + 2), "reply 3 at " + (EPOCH + 3));
    }

    @Test
    void nothingIsToldBeforeTheHistoryIsAgreedOn() {
        driver.exists(client, 1, "/a", true);
        driver.create(client, 2, "/a", 0);
        learner.reachLeader();
        client.take();
        ensemble.stop();
        ensemble.takeOver();

        assertThat(client.take()).isEmpty();
        ensemble.serveNext();
        assertThat(client.take()).containsExactly("NODE_CREATED /a at " + (EPOCH + 2), "reply 2 at " + (EPOCH + 2));
    }

    @Test
    void whatIsAppliedAndNeverAgreedOnIsNotTold() {
        driver.create(client, 1, "/a", 0);
        learner.reachLeader();
        ensemble.stop();
        ensemble.takeOver();
        learner.service.beginLoad();

        assertThat(client.take()).containsExactly("closed");
    }

    @Test
    void aStateThatIsRebuiltKeepsNobody() {
        ensemble.stop();
        learner.service.reload(EPOCH);

        assertThat(client.take()).containsExactly("closed");
    }

    @Test
    void clientsOfTheLeaderAreKeptToo() {
        RecordingClient own = leader.connected();
        learner.hearLeader();
        leader.driver.create(own, 1, "/a", 0);
        leader.driver.create(own, 2, "/b", 0);
        ensemble.stop();
        ensemble.takeOver();
        leader.driver.create(own, 3, "/c", 0);
        ensemble.serveNext();
        ensemble.settle();

        assertThat(own.take())
                .containsExactly("reply 1 at " + (EPOCH + 3), "reply 2 at " + (EPOCH + 4), "reply 3 at " + (NEXT + 1));
    }

    @Test
    void whatIsAskedMeanwhileWaitsForItsTurn() {
        driver.create(client, 1, "/a", 0);
        ensemble.stop();
        driver.exists(client, 2, "/a", false);
        driver.request(client, 3, OpCode.SYNC, new SyncRequest("/"));
        driver.delete(client, 4, "/a");
        driver.request(client, 5, OpCode.PING, EmptyRequest.INSTANCE);

        assertThat(driver.core().isFull()).isTrue();
        assertThat(client.take()).isEmpty();
        ensemble.lose();
        ensemble.serveNext();
        ensemble.settle();
        assertThat(driver.core().isFull()).isFalse();
        assertThat(client.take())
                .containsExactly(
                        "reply 1 at " + (NEXT + 1),
                        "reply 2 at " + (NEXT + 1),
                        "reply 3 at " + (NEXT + 1),
                        "reply 4 at " + (NEXT + 2),
                        "reply -2 at " + (NEXT + 2));
    }

    @Test
    void nobodyIsKeptForLongerThanTheLimit() {
        ensemble.stop();
        driver.pass(KEEP_MILLIS - 1);
        assertThat(client.take()).isEmpty();
        driver.pass(1);

        assertThat(client.take()).containsExactly("closed");
        assertThat(driver.core().isFull()).isFalse();
    }

    @Test
    void theSameLeaderMayStillTakeWhatItWasSentSoNobodyIsKept() {
        driver.create(client, 1, "/a", 0);
        ensemble.stop();
        ensemble.lose();
        ensemble.serveAgain();

        assertThat(client.take()).containsExactly("closed");
        assertThat(learner.toLeader).isEmpty();
    }

    @Test
    void aSessionThatIsUsedElsewhereIsNotServedHereAnyMore() {
        RecordingClient moved = ensemble.other().driver.open();
        ensemble.other().driver.resume(moved, client.session(), client.password());
        ensemble.settle();
        ensemble.other().driver.create(moved, 7, "/b", 0);
        ensemble.other().reachLeader();
        driver.create(client, 1, "/a", 0);
        ensemble.stop();
        ensemble.takeOver();

        assertThat(client.take()).containsExactly("closed");
        ensemble.serveNext();
        ensemble.settle();
        assertThat(driver.isThere("/a")).isFalse();
        assertThat(driver.isThere("/b")).isTrue();
    }

    /** Found by seed 114765: the connection lingered while its client was elsewhere, and brought a write of long ago. */
    @Test
    void aMoveIsKnownInTheNextEpochToWhoeverDidNotHearOfIt() {
        Member other = ensemble.other();
        RecordingClient moved = other.driver.open();
        other.driver.resume(moved, client.session(), client.password());
        other.reachLeader();
        ensemble.commit();
        other.hearLeader();
        assertThat(moved.take()).containsExactly("connected for 10000");
        learner.service.retire();
        assertThat(client.take()).isEmpty();
        learner.hearLeader();
        ensemble.stop();
        ensemble.serveNext();
        driver.create(client, 1, "/late", 0);
        ensemble.settle();

        assertThat(client.take()).containsExactly("closed");
        assertThat(driver.isThere("/late")).isFalse();
    }

    @Test
    void aMoveThatIsNotOnRecordIsNotAnswered() {
        Member other = ensemble.other();
        RecordingClient moved = other.driver.open();
        other.driver.resume(moved, client.session(), client.password());
        other.reachLeader();
        other.hearLeader();

        assertThat(moved.take()).isEmpty();
    }

    /** In the epoch in which it was silent, nobody would have put on record that it moved. */
    @Test
    void whoIsSilentForAWholeEpochIsKeptOnlyOnce() {
        RecordingClient writer = learner.connected();
        RecordingClient ofTheLeader = leader.connected();
        ensemble.nextEpoch();
        driver.create(writer, 1, "/a", 0);
        driver.exists(client, 1, "/", false);
        ensemble.settle();
        assertThat(client.take()).hasSize(1);
        ensemble.nextEpoch();
        driver.create(writer, 2, "/b", 0);
        ensemble.settle();

        assertThat(client.take()).containsExactly("closed");
        assertThat(writer.take()).hasSize(2).doesNotContain("closed");
        assertThat(ofTheLeader.take()).isEmpty();
    }

    /** Two connections of one session number their requests alike. */
    @Test
    void whatWasAskedForElsewhereUnderTheSameNumberConfirmsNobody() {
        Member other = ensemble.other();
        ensemble.nextEpoch();
        RecordingClient moved = other.driver.open();
        other.driver.resume(moved, client.session(), client.password());
        other.reachLeader();
        ensemble.commit();
        other.hearLeader();
        driver.create(client, 1, "/late", 0);
        other.driver.create(moved, 1, "/good", 0);
        other.reachLeader();
        ensemble.settle();
        assertThat(client.take()).containsExactly("closed");
        ensemble.nextEpoch();
        driver.create(client, 2, "/later", 0);
        ensemble.settle();

        assertThat(driver.isThere("/good")).isTrue();
        assertThat(driver.isThere("/late")).isFalse();
        assertThat(driver.isThere("/later")).isFalse();
    }

    @Test
    void nobodyIsKeptOverAnEpochThatOthersMayHaveServed() {
        ensemble.stop();
        ensemble.skipEpoch();
        ensemble.serveNext();

        assertThat(client.take()).containsExactly("closed");
    }

    @Test
    void theFirstToUseASessionUnderANewLeaderOwnsIt() {
        RecordingClient own = leader.connected();
        learner.hearLeader();
        ensemble.nextEpoch();
        RecordingClient moved = driver.open();
        driver.resume(moved, own.session(), own.password());
        ensemble.settle();

        assertThat(own.take()).containsExactly("closed");
        assertThat(moved.take()).containsExactly("connected for 10000");
    }

    @Test
    void sessionsThatBeginOrEndAreNotKept() {
        RecordingClient beginning = driver.open();
        driver.connect(beginning, 5000);
        driver.request(client, 1, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        RecordingClient silent = driver.open();
        ensemble.stop();

        assertThat(beginning.take()).containsExactly("closed");
        assertThat(client.take()).containsExactly("closed");
        assertThat(silent.take()).isEmpty();
    }

    @Test
    void whoHasWaitedForSoLongThatItMayHaveMovedIsNotServed() {
        RecordingClient hasty = driver.open();
        driver.connect(hasty, 2000);
        ensemble.settle();
        hasty.take();
        driver.create(hasty, 1, "/a", 0);
        driver.create(client, 1, "/b", 0);
        driver.pass(1000);
        ensemble.stop();
        ensemble.lose();
        driver.pass(1000);
        ensemble.serveNext();
        ensemble.settle();

        assertThat(hasty.take()).containsExactly("closed");
        assertThat(client.take()).containsExactly("reply 1 at " + (NEXT + 1));
        assertThat(driver.isThere("/a")).isFalse();
    }

    @Test
    void manyRequestsAreSubmittedAsTheirNumberAllows() {
        EnsembleDriver narrow = new EnsembleDriver(2, (into, upTo) -> {}, KEEP_MILLIS);
        CoreDriver server = narrow.learner().driver;
        RecordingClient writer = narrow.learner().connected();
        narrow.stop();
        for (int xid = 1; xid <= 5; xid++) {
            server.create(writer, xid, "/n" + xid, 0);
        }
        narrow.serveNext();

        assertThat(narrow.learner().toLeader).hasSize(2);
        assertThat(server.core().isFull()).isTrue();
        narrow.pass(1);
        narrow.pass(1);
        narrow.pass(1);
        assertThat(writer.take()).hasSize(5).last().isEqualTo("reply 5 at " + (NEXT + 5));
        assertThat(server.core().isFull()).isFalse();
    }
}
