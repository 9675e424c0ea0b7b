package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.EnsembleDriver.Member;
import io.quorate.coordinator.session.SessionIds;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.wire.quorum.PeerState;
import org.junit.jupiter.api.Test;

/** A member without a quorum serves those that only want to read (semantics 12.2). */
final class ReadOnlyTest {

    private static final long EPOCH = 1L << 32;

    private final EnsembleDriver ensemble = new EnsembleDriver();
    private final Member member = ensemble.learner();
    private final CoreDriver driver = member.driver;
    private final RecordingClient before = member.connected();

    private RecordingClient connect(boolean readOnly, long session, byte[] password) {
        RecordingClient client = driver.open();
        driver.deliver(new Event.ClientConnects(
                client.client(), new ConnectRequest(0, 0, 5000, session, password, readOnly, true)));
        return client;
    }

    private RecordingClient connect(boolean readOnly) {
        return connect(readOnly, 0, new byte[16]);
    }

    private void lookForALeader(long millis) {
        member.service.retire();
        member.state = PeerState.LOOKING;
        driver.pass(millis);
    }

    @Test
    void forTwoSecondsNobodyIsServedAndThenWhoOnlyReads() {
        lookForALeader(1500);
        assertThat(connect(true).take()).containsExactly("closed");
        driver.look(view -> assertThat(view.mode()).isEqualTo(ServerMode.NOT_SERVING));

        driver.pass(500);
        RecordingClient reader = connect(true);
        assertThat(connect(false).take()).containsExactly("closed");
        assertThat(reader.take()).containsExactly("read-only for 5000");
        driver.look(view -> assertThat(view.mode()).isEqualTo(ServerMode.READ_ONLY));
    }

    @Test
    void readsAreAnsweredAndWritesRefused() {
        lookForALeader(2000);
        RecordingClient reader = connect(true);
        reader.take();
        driver.exists(reader, 1, "/", true);
        driver.create(reader, 2, "/a", 0);
        driver.request(reader, 3, OpCode.SYNC, new SyncRequest("/"));
        driver.request(reader, 4, OpCode.PING, EmptyRequest.INSTANCE);
        driver.request(reader, 5, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);

        assertThat(reader.take())
                .containsExactly(
                        "reply 1 at " + (EPOCH + 1),
                        "reply 2 at " + (EPOCH + 1) + " error -119",
                        "reply 3 at " + (EPOCH + 1) + " error -119",
                        "reply -2 at " + (EPOCH + 1),
                        "reply 5 at " + (EPOCH + 1),
                        "closed");
        RecordingClient again = connect(true, reader.session(), reader.password());
        assertThat(again.take()).containsExactly("refused", "closed");
    }

    @Test
    void sessionsOfTheEnsembleCannotBeResumedButThoseOfThisServerCan() {
        lookForALeader(2000);
        assertThat(connect(true, before.session(), before.password()).take()).containsExactly("closed");
        assertThat(connect(true, 77, SessionIds.password(77)).take()).containsExactly("refused", "closed");

        RecordingClient reader = connect(true);
        RecordingClient again = connect(true, reader.session(), reader.password());
        assertThat(again.take()).containsExactly("read-only for 5000");
        assertThat(reader.take()).containsExactly("read-only for 5000", "closed");
        assertThat(connect(true, reader.session(), new byte[16]).take()).containsExactly("refused", "closed");
    }

    @Test
    void whoIsSilentForTooLongIsDisconnected() {
        lookForALeader(2000);
        RecordingClient reader = connect(true);
        driver.pass(4000);
        assertThat(reader.take()).containsExactly("read-only for 5000");
        driver.pass(3000);
        assertThat(reader.take()).containsExactly("closed");
    }

    @Test
    void whenTheElectionEndsAllAreDisconnected() {
        lookForALeader(2000);
        RecordingClient reader = connect(true);
        reader.take();
        member.state = PeerState.FOLLOWING;
        driver.pass(1);

        assertThat(reader.take()).containsExactly("closed");
        assertThat(connect(true).take()).containsExactly("closed");
        member.service.learn();
        assertThat(member.connected().session()).isNotZero();
    }
}
