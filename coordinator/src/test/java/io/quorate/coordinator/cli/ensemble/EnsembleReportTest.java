package io.quorate.coordinator.cli.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.link.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of members, and whether the whole is healthy. */
final class EnsembleReportTest {

    private static final String SRVR =
            """
            Zookeeper version: 3.9.3-1, built on 2024-10-17 23:21 UTC
            Latency min/avg/max: 0/0.5/3
            Received: 12
            Sent: 11
            Connections: 1
            Outstanding: 0
            Zxid: 0x10000002a
            Mode: %s
            Node count: 7
            """;

    private static EnsembleReport of(String... modes) {
        return new EnsembleReport(Stream.of(modes)
                .map(mode -> EnsembleProbe.report(null, new ServerAddress("zk-" + mode, 2181), SRVR.formatted(mode)))
                .toList());
    }

    @Test
    void whoServesOnlyReadersIsShownAndNotHealthy() {
        EnsembleReport alone = of("read-only");
        assertThat(alone.exit()).isEqualTo(AdminExit.UNHEALTHY);
        assertThat(alone.text().toList())
                .anyMatch(line -> line.matches("- +zk-read-only:2181 +read-only +0x10000002a .*"))
                .contains(
                        "zk-read-only:2181: serves only who only reads: it sees no quorum",
                        "0 of 1 serve, without a leader");
        EnsembleReport one = of("leader", "follower", "read-only");
        assertThat(one.exit()).isEqualTo(AdminExit.UNHEALTHY);
        assertThat(one.text()).contains("2 of 3 serve, led by zk-leader:2181");
        assertThat(one.lowestZxid()).isEqualTo(0x10000002aL);
    }

    @Test
    void twoLeadersAreNotHealthy() {
        EnsembleReport torn = of("leader", "leader", "follower");
        assertThat(torn.exit()).isEqualTo(AdminExit.UNHEALTHY);
        assertThat(torn.text()).contains("3 of 3 serve, and 2 of them say that they lead");
        assertThat(of("leader", "follower", "observer").exit()).isEqualTo(AdminExit.OK);
        assertThat(of("standalone").exit()).isEqualTo(AdminExit.OK);
        assertThat(of("standalone", "standalone").exit()).isEqualTo(AdminExit.UNHEALTHY);
    }

    @Test
    void whoDoesNotTellItsConfigurationIsShownAllTheSame() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serve(socket));
            server.start();
            EnsembleProbe probe = new EnsembleProbe(Duration.ofSeconds(5));
            probe.ask(List.of(new ServerAddress("127.0.0.1", socket.getLocalPort())));
            assertThat(probe.report().members()).singleElement().satisfies(member -> {
                assertThat(member.mode()).isEqualTo("standalone");
                assertThat(member.problemOrNull()).isNull();
            });
        }
    }

    /** Answers to srvr, and resets the connection at any other word. */
    private static void serve(ServerSocket server) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    String word = new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
                    if (word.equals("srvr")) {
                        socket.getOutputStream()
                                .write(SRVR.formatted("standalone").getBytes(StandardCharsets.US_ASCII));
                    } else {
                        socket.setSoLinger(true, 0);
                    }
                }
            }
        } catch (IOException e) {
            return; // the test is over
        }
    }
}
