package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who want no limit give the longest time they know. */
final class LongTimeoutTest {
    private static final int CONNECTIONS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"PT2562047H47M16.854775807S", "PT2562047788015H", "PT876000H"})
    void theClockGoesOn(String timeout) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            CoordinatorClient client = CoordinatorClient.builder("127.0.0.1:" + server.getLocalPort())
                    .operationTimeout(Duration.parse(timeout))
                    .closeTimeout(Duration.ofMillis(1))
                    .connect();
            client.exists("/a").exceptionally(none -> null);
            for (int i = 0; i < CONNECTIONS; i++) {
                server.accept().close(); // times out if the client has given up
            }
            client.close();
        }
    }

    @Test
    void noTimeAtAllIsRefused() {
        ClientBuilder builder = CoordinatorClient.builder("127.0.0.1:1");
        assertThatThrownBy(() -> builder.operationTimeout(Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not even a millisecond");
    }
}
