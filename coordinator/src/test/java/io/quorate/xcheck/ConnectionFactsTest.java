package io.quorate.xcheck;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.xcheck.ScriptedClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames, connections and sessions of client-protocol 1, 4 and 6, script by script. */
final class ConnectionFactsTest {

    private static final int FRAME_BYTES_MAX = 1_048_575;

    @RegisterExtension
    static final ScriptedServer SERVER = new ScriptedServer();

    @Test
    void aFrameOfTheLimitIsTaken() {
        try (ScriptedClient client = SERVER.connect()) {
            client.ask(Requests.create(Op.CREATE, "/large", null, AclEntry.OPEN, 0));
            int overhead = Requests.setData("/large", new byte[0], -1).at(1).frame(0).length - Integer.BYTES;

            Reply reply = client.ask(Requests.setData("/large", new byte[FRAME_BYTES_MAX - overhead], -1));

            assertThat(reply.err()).isZero();
            assertThat(client.ask(Requests.pathAndWatch(Op.GET_DATA, "/large", 0))
                            .int32(0))
                    .isEqualTo(FRAME_BYTES_MAX - overhead);
        }
    }

    @Test
    void aFrameOverTheLimitEndsTheConnectionButNotTheSession() {
        try (ScriptedClient client = SERVER.connect()) {
            client.send(new Encoder().int32(FRAME_BYTES_MAX + 1).bytes());

            assertThat(client.isClosed()).isTrue();
            try (ScriptedClient again = client.resumed()) {
                assertThat(again.sessionId()).isEqualTo(client.sessionId());
            }
        }
    }

    @Test
    void aFrameWithoutAWholeHeaderEndsTheConnection() {
        try (ScriptedClient client = SERVER.connect()) {
            client.send(new Encoder().int32(7).int32(1).int8(0).int8(0).int8(0).bytes());

            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void wordsAreLengthsOnceConnected() {
        try (ScriptedClient client = SERVER.connect()) {
            client.send("ruok".getBytes(US_ASCII));

            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void requestsMayFollowTheConnectRequestInOneSegment() {
        try (ScriptedClient client = SERVER.open()) {
            byte[] exists = Requests.pathAndWatch(Op.EXISTS, "/", 0).at(1).frame(0);
            client.send(new Encoder()
                    .raw(Handshake.fresh(30_000).frame())
                    .raw(exists)
                    .bytes());

            client.awaitWelcome();
            assertThat(client.sessionId()).isNotZero();
            assertThat(client.reply().err()).isZero();
        }
    }

    @Test
    void withoutTheReadOnlyByteTheAnswerHasNoneEither() {
        try (ScriptedClient older = SERVER.connect(new Handshake(0, 30_000, 0, new byte[16], false));
                ScriptedClient newer = SERVER.connect(new Handshake(0, 30_000, 0, new byte[16], true))) {
            assertThat(older.welcome()).hasSize(36);
            assertThat(newer.welcome()).hasSize(37);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2000", "-1, 2000", "4001, 4001", "2147483647, 600000", "-2147483648, 2000"})
    void timeoutsAreKeptWithinTheirBoundsAndNotRounded(int asked, int granted) {
        try (ScriptedClient client = SERVER.connect(Handshake.fresh(asked))) {
            assertThat(client.timeoutMillis()).isEqualTo(granted);
        }
    }

    @Test
    void aClientThatHasSeenMoreThanTheServerIsClosedWithoutReply() {
        try (ScriptedClient client = SERVER.connect(new Handshake(1L << 40, 30_000, 0, new byte[16], true))) {
            assertThat(client.welcome()).isNull();
        }
    }

    @Test
    void aResumeNegotiatesAnewAndCostsNoZxid() {
        try (ScriptedClient first = SERVER.connect(Handshake.fresh(6000))) {
            long before = first.ask(Requests.raw(Op.PING, new byte[0])).zxid();
            try (ScriptedClient second = first.resumed(9000, Handshake.passwordOf(first.sessionId()))) {
                assertThat(second.timeoutMillis()).isEqualTo(9000);
                assertThat(second.ask(Requests.raw(Op.PING, new byte[0])).zxid())
                        .isEqualTo(before);
                assertThat(first.isClosed()).isTrue();
            }
        }
    }

    @Test
    void aResumeWithAWrongPasswordIsRefusedAndDisconnectsTheRealClient() {
        try (ScriptedClient real = SERVER.connect();
                ScriptedClient thief = real.resumed(30_000, new byte[16])) {
            assertThat(thief.timeoutMillis()).isZero();
            assertThat(thief.sessionId()).isZero();
            assertThat(thief.isClosed()).isTrue();
            assertThat(real.isClosed()).isTrue();
            try (ScriptedClient again = real.resumed()) {
                assertThat(again.sessionId()).isEqualTo(real.sessionId());
            }
        }
    }

    @Test
    void aClosedSessionCannotBeResumed() {
        try (ScriptedClient client = SERVER.connect()) {
            assertThat(client.ask(Requests.raw(Op.CLOSE_SESSION, new byte[0])).err())
                    .isZero();
            assertThat(client.isClosed()).isTrue();
            try (ScriptedClient again = client.resumed()) {
                assertThat(again.sessionId()).isZero();
                assertThat(again.isClosed()).isTrue();
            }
        }
    }

    @Test
    void whatFollowsCloseSessionIsNotDone() {
        try (ScriptedClient client = SERVER.connect();
                ScriptedClient other = SERVER.connect()) {
            client.send(new Encoder()
                    .raw(Requests.raw(Op.CLOSE_SESSION, new byte[0]).at(1).frame(0))
                    .raw(Requests.create(Op.CREATE, "/behind", null, AclEntry.OPEN, 0)
                            .at(2)
                            .frame(0))
                    .bytes());

            assertThat(client.reply().xid()).isEqualTo(1);
            assertThat(client.isClosed()).isTrue();
            assertThat(other.ask(Requests.pathAndWatch(Op.EXISTS, "/behind", 0)).err())
                    .isEqualTo(-101);
        }
    }

    @Test
    void anUnknownOperationEndsTheConnectionButNotTheSession() {
        try (ScriptedClient client = SERVER.connect()) {
            Reply reply = client.ask(Requests.raw(99, new byte[0]).at(20));

            assertThat(reply.xid()).isEqualTo(20);
            assertThat(reply.zxid()).isEqualTo(-1);
            assertThat(reply.err()).isEqualTo(-6);
            assertThat(client.isClosed()).isTrue();
            try (ScriptedClient again = client.resumed()) {
                assertThat(again.sessionId()).isEqualTo(client.sessionId());
            }
        }
    }

    @Test
    void aPingIsAnsweredWithItsOwnXidWhateverItsSenderSaid() {
        try (ScriptedClient client = SERVER.connect()) {
            assertThat(client.ask(Requests.raw(Op.PING, new byte[0]).at(77)).xid())
                    .isEqualTo(-2);
        }
    }

    @Test
    void proofsAreAnsweredWithoutAZxid() {
        try (ScriptedClient client = SERVER.connect()) {
            Reply reply = client.ask(Requests.digest("bob:pw").at(-4));

            assertThat(reply).extracting(Reply::xid, Reply::zxid, Reply::err).containsExactly(-4, 0L, 0);
        }
    }

    @Test
    void charactersOutsideTheFirstPlaneComeBackAsTwoSurrogates() {
        try (ScriptedClient client = SERVER.connect()) {
            Reply reply = client.ask(Requests.path(Op.SYNC, "\ud83d\ude00"));

            assertThat(reply.body())
                    .isEqualTo(new Encoder()
                            .buffer(new byte[] {
                                (byte) 0xed, (byte) 0xa0, (byte) 0xbd, (byte) 0xed, (byte) 0xb8, (byte) 0x80
                            })
                            .bytes());
        }
    }

    @Test
    void bytesThatAreNoUtf8AreReadAsTheReplacementCharacter() {
        try (ScriptedClient client = SERVER.connect()) {
            Reply reply = client.ask(Requests.raw(
                    Op.SYNC, new Encoder().buffer(new byte[] {'/', (byte) 0xff}).bytes()));

            assertThat(reply.string(0)).isEqualTo("/\ufffd");
        }
    }

    @Test
    void aBadLengthInARecordIsAnErrorAndTheConnectionGoesOn() {
        try (ScriptedClient client = SERVER.connect()) {
            assertThat(client.ask(Requests.raw(
                                    Op.EXISTS, new Encoder().int32(-2).bytes()))
                            .err())
                    .isEqualTo(-5);
            assertThat(client.ask(Requests.pathAndWatch(Op.EXISTS, "/", 0)).err())
                    .isZero();
        }
    }
}
