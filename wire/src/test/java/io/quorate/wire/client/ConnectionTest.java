package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.EmptyResponse;
import io.quorate.wire.proto.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a session begins, is kept, moves and ends. */
final class ConnectionTest {
    private static ClientSettings with(ClientSettings settings, boolean readOnly, Session resumed) {
        return new ClientSettings(
                settings.connectString(),
                settings.sessionTimeout(),
                settings.operationTimeout(),
                settings.closeTimeout(),
                settings.outstandingMax(),
                settings.requestBytesMax(),
                settings.replyBytesMax(),
                readOnly,
                settings.credentials(),
                resumed,
                settings.listener(),
                settings.callbacks(),
                settings.eventLoops(),
                settings.traffic());
    }

    @Test
    void aNewSessionIsAskedForAndConfirmed() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.expect("connect h:1");
        assertThat(script.connection.sessionDeadlineNanos()).isZero();
        script.accept();
        script.expect("send connect session 0 zxid 0", "session CONNECTED");
        assertThat(script.connection.session())
                .isEqualTo(new Session(ConnectionScript.SESSION_ID, ConnectionScript.PASSWORD));
    }

    @Test
    void whatWasAskedForBeforeThereIsASessionWaitsForIt() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.submit(script.calls.delete("/a", -1));
        script.start();
        script.submit(script.calls.delete("/b", -1));
        script.accept();
        script.expect(
                "connect h:1", "send connect session 0 zxid 0", "session CONNECTED", "send 1 DELETE", "send 2 DELETE");
    }

    @Test
    void aLostConnectionIsReplacedAndTheSessionResumedFromWhatWasSeen() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.delete("/a", -1));
        script.reply(1, 77);
        script.skip();
        script.lose();
        script.expect("session DISCONNECTED");
        script.advance(100);
        script.expect("connect h:1");
        script.connect();
        script.expect("send connect session " + ConnectionScript.SESSION_ID + " zxid 77");
    }

    @Test
    void aRefusedSessionIsExpiredAndEverythingFails() {
        ConnectionScript script = ConnectionScript.connected();
        script.lose();
        script.submit(script.calls.delete("/a", -1));
        script.advance(100);
        script.refuse();
        script.expect(
                "session DISCONNECTED",
                "connect h:1",
                "send connect session " + ConnectionScript.SESSION_ID + " zxid 0",
                "disconnect",
                "session EXPIRED",
                "failed DELETE /a SESSION_EXPIRED");
        script.submit(script.calls.delete("/b", -1));
        script.expect("failed DELETE /b SESSION_EXPIRED");
        assertThat(script.connection.sessionDeadlineNanos()).isZero();
        assertThat(script.connection.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aGivenSessionIsResumed() {
        Session given = new Session(7, ConnectionScript.PASSWORD);
        ConnectionScript script = new ConnectionScript("h:1", settings -> with(settings, false, given));
        script.start();
        script.connect();
        script.expect("connect h:1", "send connect session 7 zxid 0");
    }

    @Test
    void aSessionOfAReadOnlyServerIsNotCarriedToTheNext() {
        ConnectionScript script = new ConnectionScript("h:1", settings -> with(settings, true, null));
        script.start();
        script.connect();
        script.answer(new ConnectResponse(0, 9_000, 5, ConnectionScript.PASSWORD, true, true));
        script.expect("connect h:1", "send connect session 0 zxid 0", "session CONNECTED_READ_ONLY");
        script.lose();
        script.advance(100);
        script.skip();
        script.accept();
        script.expect("send connect session 0 zxid 0", "session CONNECTED");
        script.lose();
        script.advance(100);
        script.skip();
        script.connect();
        script.expect("send connect session " + ConnectionScript.SESSION_ID + " zxid 0");
    }

    @Test
    void anIdleConnectionIsPingedAtAThirdAndGivenUpAtTwoThirds() {
        ConnectionScript script = ConnectionScript.connected();
        script.advance(2_999);
        script.expect();
        script.advance(1);
        script.expect("send -2 PING");
        script.advance(2_999);
        script.expect();
        script.advance(1);
        script.expect("disconnect", "session DISCONNECTED");
    }

    @Test
    void whoDoesNotListenFindsNobodySilentUntilASecondThirdAfterListeningAgain() {
        ConnectionScript script = ConnectionScript.connected();
        long deadline = script.connection.sessionDeadlineNanos();
        script.connection.onReadingPaused();
        script.advance(9_000);
        script.expect("send -2 PING", "send -2 PING", "send -2 PING");
        script.connection.onReadingResumed(script.nowNanos());
        assertThat(script.connection.sessionDeadlineNanos())
                .as("nothing was heard")
                .isEqualTo(deadline);
        script.advance(5_999);
        script.expect("send -2 PING");
        script.advance(1);
        script.expect("disconnect", "session DISCONNECTED");
    }

    @Test
    void theNextConnectionListens() {
        ConnectionScript script = ConnectionScript.connected();
        script.connection.onReadingPaused();
        script.lose();
        script.advance(100);
        script.accept();
        script.skip();
        script.advance(6_000);
        script.expect("send -2 PING", "disconnect", "session DISCONNECTED");
    }

    @Test
    void anAnsweredPingKeepsTheConnection() {
        ConnectionScript script = ConnectionScript.connected();
        for (int i = 0; i < 10; i++) {
            script.advance(3_000);
            script.expect("send -2 PING");
            script.reply(-2, 5);
        }
        assertThat(script.connection.isConnected()).isTrue();
    }

    @Test
    void whoAsksOftenNeedNotPing() {
        ConnectionScript script = ConnectionScript.connected();
        for (int i = 1; i < 10; i++) {
            script.advance(2_000);
            script.submit(script.calls.delete("/a", -1));
            script.reply(i, i);
            script.expect("send " + i + " DELETE", "done DELETE /a");
        }
    }

    @Test
    void theSessionCertainlyLivesForItsTimeoutAfterTheSendingOfWhatWasAcknowledged() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.connect();
        long greeted = script.nowNanos();
        script.advance(300);
        long timeout = TimeUnit.MILLISECONDS.toNanos(ConnectionScript.TIMEOUT_MILLIS);
        script.answer(
                new ConnectResponse(0, ConnectionScript.TIMEOUT_MILLIS, 1, ConnectionScript.PASSWORD, false, true));
        assertThat(script.connection.sessionDeadlineNanos()).isEqualTo(greeted + timeout);

        script.submit(script.calls.delete("/a", -1));
        long asked = script.nowNanos();
        script.advance(500);
        assertThat(script.connection.sessionDeadlineNanos()).as("not answered").isEqualTo(greeted + timeout);
        script.reply(1, 1);
        assertThat(script.connection.sessionDeadlineNanos()).isEqualTo(asked + timeout);

        script.advance(2_500);
        long pinged = script.nowNanos();
        script.advance(100);
        script.reply(-2, 1);
        assertThat(script.connection.sessionDeadlineNanos()).isEqualTo(pinged + timeout);

        script.submit(script.calls.delete("/a", -1));
        script.advance(10);
        script.reply(2, 1, ErrorCode.SESSION_EXPIRED);
        assertThat(script.connection.sessionDeadlineNanos())
                .as("that it is over acknowledges nothing")
                .isEqualTo(pinged + timeout);
        script.lose();
        assertThat(script.connection.sessionDeadlineNanos()).isEqualTo(pinged + timeout);
    }

    @Test
    void everyServerIsTriedInTurnAndThenMoreSlowly() {
        ConnectionScript script = new ConnectionScript("a:1,b:2,c:3");
        List<Long> waits = new java.util.ArrayList<>();
        script.start();
        for (int i = 0; i < 15; i++) {
            long failed = script.nowNanos();
            script.lose();
            script.advanceToDeadline();
            waits.add(TimeUnit.NANOSECONDS.toMillis(script.nowNanos() - failed));
        }
        assertThat(waits.subList(0, 3)).allMatch(wait -> wait >= 50 && wait <= 101);
        assertThat(waits.subList(3, 6)).allMatch(wait -> wait >= 100 && wait <= 201);
        assertThat(waits.subList(12, 15)).allMatch(wait -> wait >= 500 && wait <= 1_001);
        assertThat(new HashSet<>(waits)).as("at random").hasSizeGreaterThan(8);
    }

    @Test
    void theServersAreTriedRoundAndRound() {
        HostList hosts = new HostList(ConnectString.parse("a:1,b:2,c:3").hosts(), new java.util.Random(5));
        List<HostPort> round = List.of(hosts.next(), hosts.next(), hosts.next());
        assertThat(round).containsExactlyInAnyOrder(new HostPort("a", 1), new HostPort("b", 2), new HostPort("c", 3));
        assertThat(List.of(hosts.next(), hosts.next(), hosts.next())).isEqualTo(round);
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftInTime() {
        ConnectionScript script = new ConnectionScript("a:1,b:2,c:3");
        script.start();
        script.advance(1_999);
        script.connect();
        script.skip();
        script.advance(1);
        script.expect("disconnect");
        script.advance(2);
        script.bytes(new byte[3]);
        script.expect();
    }

    @Test
    void credentialsGoFirstOnEveryConnection() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.addAuth("digest", new byte[] {1}));
        script.expect("send -4 AUTH");
        script.reply(-4, 0);
        script.expect("done AUTH");
        script.submit(script.calls.addAuth("digest", new byte[] {2}));
        script.lose();
        script.submit(script.calls.delete("/a", -1));
        script.advance(100);
        script.accept();
        script.expect(
                "send -4 AUTH",
                "session DISCONNECTED",
                "connect h:1",
                "send connect session " + ConnectionScript.SESSION_ID + " zxid 0",
                "session CONNECTED",
                "send -4 AUTH",
                "send -4 AUTH",
                "send 1 DELETE");
        script.reply(-4, 0);
        script.expect();
        script.reply(-4, 0);
        script.expect("done AUTH");
    }

    @Test
    void refusedCredentialsEndTheClient() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.addAuth("digest", new byte[] {1}));
        script.submit(script.calls.delete("/a", -1));
        script.skip();
        script.reply(-4, 0, ErrorCode.AUTH_FAILED);
        script.expect(
                "disconnect",
                "session AUTH_FAILED",
                "failed DELETE /a AUTH_FAILED, maybe executed",
                "failed AUTH AUTH_FAILED, maybe executed");
    }

    @Test
    void closingSendsWhatWasSubmittedAndThenEndsTheSession() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.submit(script.calls.delete("/a", -1));
        script.close();
        script.submit(script.calls.delete("/b", -1));
        script.expect("connect h:1", "failed DELETE /b CONNECTION_LOSS");
        script.accept();
        script.expect("send connect session 0 zxid 0", "session CONNECTED", "send 1 DELETE", "send 2 CLOSE_SESSION");
        script.reply(1, 4);
        script.reply(2, 5);
        script.expect("done DELETE /a", "disconnect", "session CLOSED");
    }

    @Test
    void closingBeforeThereIsASessionIsDoneAtOnce() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.skip();
        script.close();
        script.expect("disconnect", "session CLOSED");
    }

    @Test
    void theSessionIsEndedOnAnotherConnectionIfTheFirstBreaks() {
        ConnectionScript script = ConnectionScript.connected();
        script.close();
        script.lose();
        script.advance(100);
        script.accept();
        script.expect(
                "send 1 CLOSE_SESSION",
                "session DISCONNECTED",
                "connect h:1",
                "send connect session " + ConnectionScript.SESSION_ID + " zxid 0",
                "session CONNECTED",
                "send 2 CLOSE_SESSION");
        script.lose();
        script.advance(100);
        script.skip();
        script.refuse();
        script.expect(
                "send connect session " + ConnectionScript.SESSION_ID + " zxid 0", "disconnect", "session CLOSED");
    }

    @Test
    void closingTakesABoundedTime() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.delete("/a", -1));
        script.close();
        script.skip();
        script.advance(4_999);
        script.skip();
        script.advance(1);
        script.expect("disconnect", "session CLOSED", "failed DELETE /a CONNECTION_LOSS, maybe executed");
    }

    @Test
    void anAbandonedSessionIsNotEnded() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.delete("/a", -1));
        script.connection.abandon();
        script.expect(
                "send 1 DELETE", "disconnect", "session CLOSED", "failed DELETE /a CONNECTION_LOSS, maybe executed");
        script.connection.abandon();
        script.close();
        script.reply(1, 1, EmptyResponse.INSTANCE);
        script.expect();
    }
}
