package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.proto.ErrorCode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do not speak the protocol, or not for long: the client leaves them, and tries again. */
final class StrangeServerTest {
    /** Of a session so long that within a test nothing happens only because time has passed. */
    private static final String GREETING =
            "00000025 00000000 000927c0 0100000000000001 00000010 00000000000000000000000000000000 00";

    private static final Duration LONG = Duration.ofMinutes(10);

    /** Says one thing to everybody who connects, a second thing to whoever sends something more, and waits for the end. */
    private static final class StrangeServer implements AutoCloseable {
        private final ServerSocket listening;
        private final byte[] greeting;
        private final byte[] reply;
        private volatile int greeted;

        StrangeServer(String greeting, String reply) throws IOException {
            this.greeting = HexFormat.of().parseHex(greeting.replace(" ", ""));
            this.reply = HexFormat.of().parseHex(reply.replace(" ", ""));
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(this::serve, "strange-server");
            thread.setDaemon(true);
            thread.start();
        }

        String connectString() {
            return "127.0.0.1:" + listening.getLocalPort();
        }

        private void serve() {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    in.readNBytes(in.readInt());
                    greeted++;
                    out.write(greeting);
                    in.readNBytes(in.readInt());
                    out.write(reply);
                    in.readAllBytes();
                } catch (EOFException e) {
                    // The client has left.
                    continue;
                } catch (IOException e) {
                    // The client has left in haste, or the test is over.
                    continue;
                }
            }
        }

        @Override
        public void close() {
            try {
                listening.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff", // a negative length
                "7fffffff", // a length beyond every limit
                "00000010 00000000 0000000000000001 ffffff89", // a reply where the greeting should be
                "00000000" // nothing at all
            })
    void aGreetingThatIsNoneIsNotAccepted(String greeting) throws IOException {
        try (StrangeServer server = new StrangeServer(greeting, "");
                CoordinatorClient client = CoordinatorClient.builder(server.connectString())
                        .sessionTimeout(LONG)
                        .closeTimeout(Duration.ofMillis(10))
                        .connect()) {
            await().until(() -> server.greeted >= 3);
            assertThat(client.isConnected()).isFalse();
            assertThat(client.session()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff",
                "7fffffff",
                "0000000f 00000001 0000000000000001 00000000", // a header too short
                "00000010 00000002 0000000000000001 00000000", // another request's number
                "00000010 00000001 0000000000000001 00000000", // no body
                "00000014 00000001 0000000000000001 00000000 7fffffff" // a string longer than the frame
            })
    void aReplyThatIsNoneEndsTheConnection(String reply) throws IOException {
        Told told = new Told();
        try (StrangeServer server = new StrangeServer(GREETING, reply);
                CoordinatorClient client = CoordinatorClient.builder(server.connectString())
                        .closeTimeout(Duration.ofMillis(10))
                        .listener(told)
                        .connect()) {
            CompletableFuture<ErrorCode> failure = client.create("/a", null, CreateMode.PERSISTENT)
                    .handle((created, thrown) -> ((CoordinatorException) thrown).error());
            assertThat(failure.join()).isEqualTo(ErrorCode.CONNECTION_LOSS);
            told.expect("CONNECTED", "DISCONNECTED", "CONNECTED");
        }
    }

    @Test
    void theClientEndsAsSoonAsItsSessionIsEnded() throws IOException {
        try (StrangeServer server = new StrangeServer(GREETING, "00000010 00000001 0000000000000001 00000000")) {
            CoordinatorClient client = CoordinatorClient.builder(server.connectString())
                    .sessionTimeout(LONG)
                    .closeTimeout(LONG)
                    .connect();
            client.sync().awaitConnected();
            assertThat(client.closeAsync()).succeedsWithin(Duration.ofSeconds(60));
        }
    }

    @Test
    void aClientLeavesNoThreadBehind() {
        Set<Thread> before = clientThreads();
        List<CoordinatorClient> clients = List.of(
                CoordinatorClient.builder("127.0.0.1:1").connect(),
                CoordinatorClient.builder("127.0.0.1:1").connect());
        assertThat(clientThreads().size()).isGreaterThan(before.size());
        clients.forEach(CoordinatorClient::close);
        await().until(() -> before.containsAll(clientThreads()));
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("quorate-client"))
                .collect(Collectors.toSet());
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }
}
