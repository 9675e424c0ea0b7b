package io.quorate.xcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.harness.ServerProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Malformed traffic closes the connection it came on, and does nothing else. */
final class BadInputTest {

    private static final long SEED = Long.getLong("quorate.fuzz.seed", 1);
    private static final int FRAMES = Integer.getInteger("quorate.fuzz.frames", 20_000);
    private static final boolean REFERENCE = Boolean.getBoolean("quorate.fuzz.reference");
    private static final int WARM_UP_FRAMES = 1_000;
    private static final int AT_ONCE = 16;
    private static final int CLOSED_WITHIN_MILLIS = 30_000;
    private static final long HEAP_GROWTH_BYTES_MAX = 24 << 20;
    private static final long FILE_GROWTH_MAX = 4;

    private Path folder;
    private ServerProcess server;
    private long connections;

    @BeforeEach
    void startServer() {
        folder = Pair.newFolder();
        Map<String, String> settings = Pair.settings(Map.of("maxSessionTimeout", "20000"));
        int port = ServerProcess.freePort();
        server = REFERENCE
                ? ServerProcess.zooKeeper(folder, port, settings, "-Dzookeeper.forceSync=no")
                : ServerProcess.quorate(folder, port, settings);
    }

    @AfterEach
    void stopServer() {
        server.close();
        Pair.delete(folder);
    }

    @Test
    void malformedFramesHarmNobodyElse() {
        BadTraffic traffic = new BadTraffic(SEED, REFERENCE);
        attack(traffic, WARM_UP_FRAMES);
        Vitals before = settled();
        connections = 0;
        List<RawConnection> halfOpen = openAndKeep();

        try (ControlSession control = ControlSession.start(server.address())) {
            attack(traffic, FRAMES);
            int rounds = control.rounds();
            await().until(() -> control.rounds() > rounds || control.failure() != null);
            assertThat(control.failure()).as(replay()).isNull();
        }

        halfOpen.forEach(RawConnection::close);
        assertThat(server.fourLetterWord("ruok")).isEqualTo("imok");
        assertThat(server.fourLetterWord("srvr")).contains("Mode: standalone");
        Vitals after = settled();
        assertThat(after.files()).as(replay()).isLessThanOrEqualTo(before.files() + FILE_GROWTH_MAX);
        assertThat(after.heapBytes()).as(replay()).isLessThan(before.heapBytes() + HEAP_GROWTH_BYTES_MAX);
        if (!REFERENCE) {
            assertThat(after.logLines() - before.logLines()).as(replay()).isLessThanOrEqualTo(connections);
        }
    }

    /** Sends at least that many damaged frames; every connection must come to its end soon. */
    private void attack(BadTraffic traffic, int frames) {
        int damaged = 0;
        while (damaged < frames) {
            List<BadTraffic.Attack> attacks = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                attacks.add(traffic.next());
            }
            send(attacks);
            damaged += attacks.stream().mapToInt(BadTraffic.Attack::damaged).sum();
            connections += AT_ONCE;
        }
    }

    private void send(List<BadTraffic.Attack> attacks) {
        List<RawConnection> open = new ArrayList<>();
        for (BadTraffic.Attack attack : attacks) {
            RawConnection connection = RawConnection.open(server.address());
            connection.setReplyLimitMillis(CLOSED_WITHIN_MILLIS);
            attack.pieces().forEach(connection::send);
            connection.halfClose();
            open.add(connection);
        }
        for (int i = 0; i < open.size(); i++) {
            readToTheEnd(open.get(i), attacks.get(i));
        }
        assertThat(server.isAlive())
                .as(() -> replay() + "\nlast sent: " + attacks)
                .isTrue();
    }

    private void readToTheEnd(RawConnection connection, BadTraffic.Attack attack) {
        try (connection) {
            byte[] frame = connection.receive();
            while (frame != null) {
                frame = connection.receive();
            }
        } catch (UncheckedIOException e) {
            throw new AssertionError(replay() + "\nnot closed after: " + attack, e);
        }
    }

    /** Connections that begin and never go on, as slow or dead clients do. */
    private List<RawConnection> openAndKeep() {
        List<RawConnection> kept = new ArrayList<>();
        byte[] connect = Handshake.fresh(20_000).frame();
        for (int sent = 0; sent < connect.length; sent++) {
            RawConnection connection = RawConnection.open(server.address());
            connection.send(java.util.Arrays.copyOf(connect, sent));
            kept.add(connection);
        }
        return kept;
    }

    /** Takes away what the traffic has created, waits until its sessions are gone, and measures. */
    private Vitals settled() {
        try (RawConnection connection = RawConnection.open(server.address())) {
            connection.send(Handshake.fresh(20_000).frame());
            connection.receive();
            Keeper keeper = new Keeper(batch -> {
                batch.forEach(request -> connection.send(request.frame(0)));
                return Side.receive(connection, batch.size(), false);
            });
            keeper.open();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                keeper.open();
                return Vitals.metric(server, "zk_global_sessions") <= 1;
            });
            keeper.compareAndClean();
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Vitals.metric(server, "zk_num_alive_connections"))
                        .as("connections left over, " + replay())
                        .isLessThanOrEqualTo(1));
        return Vitals.of(server);
    }

    private static String replay() {
        return "seed " + SEED + "; run it again with: mvn -q test -pl coordinator -am -Dtest=BadInputTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.fuzz.seed=" + SEED + " -Dquorate.fuzz.frames="
                + FRAMES;
    }
}
