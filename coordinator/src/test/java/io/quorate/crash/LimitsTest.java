package io.quorate.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.RawSession;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits on connections and frames: what is over a limit is closed, and nobody else notices. */
final class LimitsTest {

    private static final int SESSION_MILLIS = 30_000;
    private static final int CLOSE_MILLIS = 10_000;
    private static final int FRAME_BYTES_MAX = 20_000;
    /** A setData frame of {@code /n} but its value: header, length and bytes of the path, length of the value, version. */
    private static final int SET_DATA_BYTES = 8 + 4 + 2 + 4 + 4;

    private Path folder;
    private ServerProcess server;

    @BeforeEach
    void prepare() {
        folder = Server.emptyFolder("LimitsTest");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start(Map<String, String> settings, String... jvm) {
        server = ServerProcess.quorate(folder, ServerProcess.freePort(), settings, jvm);
    }

    @Test
    void aConnectionOverTheLimitOfOneAddressIsClosed() throws Exception {
        start(Map.of("maxClientCnxns", "3"));

        checkThatOnlyThreeAreServed();
    }

    @Test
    void aConnectionOverTheLimitOfAllIsClosed() throws Exception {
        start(Map.of("maxClientCnxns", "0"), "-Dzookeeper.maxCnxns=3");

        checkThatOnlyThreeAreServed();
    }

    private void checkThatOnlyThreeAreServed() throws IOException {
        List<RawSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                sessions.add(RawSession.open(server.address(), SESSION_MILLIS));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(isClosedAtOnce()).isTrue();
            }
            for (RawSession session : sessions) {
                assertThat(session.ping().err()).isZero();
            }
            // Refused connections are not counted for ever: one leaves, one may come.
            assertThat(sessions.get(0).end().err()).isZero();
            assertThat(sessions.get(0).isClosedWithin(CLOSE_MILLIS)).isTrue();
            sessions.add(RawSession.open(server.address(), SESSION_MILLIS));
            assertThat(sessions.get(3).ping().err()).isZero();
        } finally {
            for (RawSession session : sessions) {
                session.close();
            }
        }
    }

    /** The reset may come before the connect is even over. */
    private boolean isClosedAtOnce() throws IOException {
        try (RawSession surplus = RawSession.connection(server.address())) {
            return surplus.isClosedWithin(CLOSE_MILLIS);
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void aConnectionThatAsksForNoSessionIsClosed() throws Exception {
        start(Map.of("nio.sessionlessCnxnTimeout", "500"));
        try (RawSession session = RawSession.open(server.address(), SESSION_MILLIS);
                RawSession silent = RawSession.connection(server.address());
                RawSession halfway = RawSession.connection(server.address())) {
            halfway.socket().getOutputStream().write(new byte[] {0, 0});
            long began = System.nanoTime();

            assertThat(silent.isClosedWithin(CLOSE_MILLIS)).isTrue();
            assertThat(System.nanoTime() - began).isGreaterThan(300_000_000L);
            assertThat(halfway.isClosedWithin(CLOSE_MILLIS)).isTrue();
            assertThat(session.isClosedWithin(2_000)).isFalse();
        }
    }

    @Test
    void aFrameOfTheLimitIsTakenAndOneByteMoreClosesOnlyItsConnection() throws Exception {
        start(Map.of(), "-Djute.maxbuffer=" + FRAME_BYTES_MAX);
        try (RawSession session = RawSession.open(server.address(), SESSION_MILLIS);
                RawSession other = RawSession.open(server.address(), SESSION_MILLIS)) {
            CreateRequest create = new CreateRequest("/n", new byte[0], Acl.OPEN_UNSAFE, 0);
            assertThat(session.call(OpCode.CREATE, create).err()).isZero();

            assertThat(session.call(OpCode.SET_DATA, valueInFrameOf(FRAME_BYTES_MAX))
                            .err())
                    .isZero();
            int unanswered = session.send(OpCode.SET_DATA, valueInFrameOf(FRAME_BYTES_MAX + 1));

            assertThat(unanswered).isPositive();
            assertThat(session.isClosedWithin(CLOSE_MILLIS)).isTrue();
            assertThat(other.call(OpCode.SET_DATA, valueInFrameOf(FRAME_BYTES_MAX))
                            .err())
                    .isZero();
            try (RawSession again = RawSession.open(server.address(), SESSION_MILLIS, session.ticket(), 0)) {
                assertThat(again.isRefused()).isFalse();
            }
        }
        assertThat(server.output()).doesNotContain("\tat ");
    }

    private static SetDataRequest valueInFrameOf(int bytes) {
        return new SetDataRequest("/n", new byte[bytes - SET_DATA_BYTES], -1);
    }
}
