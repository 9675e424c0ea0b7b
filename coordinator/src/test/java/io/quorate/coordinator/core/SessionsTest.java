package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.op.OpSettings;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.OpCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sessions begin, move, and end (client-protocol 4, semantics 7). The tick is one second. */
final class SessionsTest {

    private static final int EPHEMERAL = 1;

    private final CoreDriver driver = new CoreDriver();

    private boolean lives(long session) {
        boolean[] lives = new boolean[1];
        driver.look(view -> lives[0] = view.sessions().get(session) != null);
        return lives[0];
    }

    @ParameterizedTest
    @CsvSource({"-5, 2000", "0, 2000", "2000, 2000", "4001, 4001", "20000, 20000", "99999, 20000"})
    void timeoutsAreNegotiatedBetweenTheLimits(int wanted, int granted) {
        RecordingClient client = driver.open();
        driver.connect(client, wanted);

        assertThat(client.take()).containsExactly("connected for " + granted);
    }

    @Test
    void aSessionIsGrantedWhenItIsOnDisk() {
        driver.holdLog();
        RecordingClient client = driver.open();
        driver.connect(client, 10_000);
        driver.exists(client, 1, "/", false);

        assertThat(client.take()).isEmpty();
        driver.flush();
        assertThat(client.take()).containsExactly("connected for 10000");
        assertThat(client.session() >>> 56).isEqualTo(1);
    }

    @Test
    void whoSawTheFutureIsSentAwayWithoutAWord() {
        RecordingClient client = driver.open();
        driver.deliver(new Event.ClientConnects(
                client.client(), new ConnectRequest(0, 1, 10_000, 0, new byte[16], false, true)));

        assertThat(client.take()).containsExactly("closed");
        assertThat(driver.lastZxid()).isZero();
    }

    @Test
    void aResumedSessionLeavesItsOldConnection() {
        RecordingClient before = driver.connected();
        driver.exists(before, 1, "/watched", true);
        before.take();
        RecordingClient after = driver.open();
        driver.resume(after, before.session(), before.password());

        assertThat(before.take()).containsExactly("closed");
        assertThat(after.take()).containsExactly("connected for 10000");
        assertThat(after.session()).isEqualTo(before.session());
        assertThat(driver.lastZxid()).isEqualTo(1);
        driver.create(after, 1, "/watched", 0);
        assertThat(after.take()).containsExactly("reply 1 at 2");
        driver.deliver(new Event.ClientGone(before.client()));
        driver.exists(after, 2, "/watched", false);
        assertThat(after.take()).containsExactly("reply 2 at 2");
    }

    @Test
    void aWrongPasswordIsRefusedButDisconnectsTheOwner() {
        RecordingClient owner = driver.connected();
        RecordingClient thief = driver.open();
        driver.resume(thief, owner.session(), new byte[16]);

        assertThat(thief.take()).containsExactly("refused", "closed");
        assertThat(owner.take()).containsExactly("closed");
        RecordingClient again = driver.open();
        driver.resume(again, owner.session(), owner.password());
        assertThat(again.take()).containsExactly("connected for 10000");
    }

    @Test
    void anUnknownSessionIsRefused() {
        RecordingClient client = driver.open();
        driver.resume(client, 12345, new byte[16]);

        assertThat(client.take()).containsExactly("refused", "closed");
    }

    @Test
    void aSessionThatSaysNothingExpiresWithItsEphemerals() {
        RecordingClient client = driver.connected();
        driver.create(client, 1, "/e", EPHEMERAL);
        RecordingClient watcher = driver.open();
        driver.connect(watcher, 20_000);
        driver.exists(watcher, 1, "/e", true);
        client.take();
        watcher.take();

        driver.pass(10_999);
        assertThat(driver.isThere("/e")).isTrue();
        driver.pass(1);
        assertThat(driver.isThere("/e")).isFalse();
        assertThat(client.take()).containsExactly("closed");
        assertThat(watcher.take()).containsExactly("NODE_DELETED /e at 4");
        RecordingClient again = driver.open();
        driver.resume(again, client.session(), client.password());
        assertThat(again.take()).containsExactly("refused", "closed");
        driver.look(view -> assertThat(view.stats().sessionsExpired()).isEqualTo(1));
    }

    @Test
    void anyRequestKeepsTheSessionAlive() {
        RecordingClient client = driver.connected();
        for (int i = 0; i < 10; i++) {
            driver.pass(9_000);
            driver.request(client, -2, OpCode.PING, EmptyRequest.INSTANCE);
        }

        assertThat(lives(client.session())).isTrue();
    }

    @Test
    void aSessionThatIsEndingIsNoLongerServed() {
        RecordingClient client = driver.connected();
        driver.holdLog();
        driver.pass(11_000);
        driver.exists(client, 1, "/", false);
        RecordingClient again = driver.open();
        driver.resume(again, client.session(), client.password());
        driver.flush();

        assertThat(client.take()).containsExactly("closed");
        assertThat(again.take()).containsExactly("refused", "closed");
        assertThat(lives(client.session())).isFalse();
    }

    @Test
    void closingEndsTheSessionAndWhatWasPipelinedBehindIt() {
        RecordingClient client = driver.connected();
        driver.create(client, 1, "/e", EPHEMERAL);
        driver.holdLog();
        driver.create(client, 2, "/f", EPHEMERAL);
        driver.exists(client, 3, "/f", false);
        driver.request(client, 4, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        driver.create(client, 5, "/g", 0);
        driver.exists(client, 6, "/e", false);
        client.take();
        driver.flush();

        assertThat(client.take()).containsExactly("reply 2 at 3", "reply 3 at 3", "reply 4 at 4", "closed");
        assertThat(driver.isThere("/e") || driver.isThere("/f") || driver.isThere("/g"))
                .isFalse();
        assertThat(lives(client.session())).isFalse();
    }

    @Test
    void aClientThatLeavesWhileItsSessionIsMadeLeavesItToExpire() {
        driver.holdLog();
        RecordingClient client = driver.open();
        driver.connect(client, 10_000);
        driver.deliver(new Event.ClientGone(client.client()));
        driver.flush();
        driver.look(view -> assertThat(view.sessions().size()).isEqualTo(1));
        driver.pass(11_000);
        driver.flush();

        driver.look(view -> assertThat(view.sessions().size()).isZero());
        assertThat(client.take()).isEmpty();
    }

    @Test
    void expiryWaitsForRoomAndSparesWhoIsHeardOfMeanwhile() {
        CoreDriver small = new CoreDriver(CoreDriver.settings(OpSettings.DEFAULT, 1));
        RecordingClient silent = small.connected();
        RecordingClient late = small.connected();
        small.holdLog();
        small.pass(11_000);
        small.request(late, -2, OpCode.PING, EmptyRequest.INSTANCE);
        small.flush();
        small.pass(0);
        small.flush();

        assertThat(silent.take()).containsExactly("closed");
        assertThat(late.take()).containsExactly("reply -2 at 2");
        small.pass(10_999);
        small.flush();
        small.look(view -> assertThat(view.sessions().get(late.session())).isNotNull());
        small.pass(1);
        small.flush();
        small.look(view -> assertThat(view.sessions().get(late.session())).isNull());
    }
}
