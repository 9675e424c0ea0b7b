package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.ServerProcess;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.NodeData;
import io.quorate.wire.client.Session;
import io.quorate.wire.proto.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that moves from server to server of a real ensemble, while one after the other is killed. */
final class EnsembleFailOverTest {
    private static final int SERVERS = 3;

    @TempDir
    private Path folder;

    private final int[] clientPorts = new int[SERVERS];
    private final Map<String, String> settings = new TreeMap<>();
    private final ServerProcess[] servers = new ServerProcess[SERVERS];

    @BeforeEach
    void startAll() throws IOException {
        settings.put("initLimit", "30");
        settings.put("syncLimit", "15");
        settings.put("tickTime", "1000");
        for (int i = 0; i < SERVERS; i++) {
            clientPorts[i] = ServerProcess.freePort();
            settings.put("server." + (i + 1), "127.0.0.1:" + ServerProcess.freePort() + ":" + ServerProcess.freePort());
            Files.createDirectories(folder.resolve(i + "/data"));
            Files.writeString(folder.resolve(i + "/data/myid"), "" + (i + 1));
        }
        // None serves before a second one is there.
        List<CompletableFuture<Void>> starts = IntStream.range(0, SERVERS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> start(i), task -> new Thread(task, "start").start()))
                .toList();
        starts.forEach(CompletableFuture::join);
    }

    @AfterEach
    void killAll() {
        for (ServerProcess server : servers) {
            if (server != null) {
                server.close();
            }
        }
    }

    private void start(int i) {
        servers[i] =
                ServerProcess.zooKeeper(folder.resolve("" + i), clientPorts[i], settings, "-Dzookeeper.forceSync=no");
    }

    private String connectString() {
        return IntStream.of(clientPorts).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Keeps {@code known} at the version of the node: reads again whenever the watch fires, and when a read fails. */
    private static void follow(CoordinatorClient client, AtomicInteger known) {
        CompletableFuture<NodeData> unused = client.getData("/followed", event -> follow(client, known))
                .whenComplete((data, failure) -> {
                    if (failure == null) {
                        known.set(data.stat().version());
                    } else if (((CoordinatorException) failure).error() == ErrorCode.CONNECTION_LOSS
                            && !(failure instanceof CoordinatorException.ClientClosed)) {
                        follow(client, known);
                    }
                });
    }

    private static void changeOnce(CoordinatorClient client) {
        while (true) {
            try {
                client.sync().setData("/followed", null, -1);
                return;
            } catch (CoordinatorException.ConnectionLoss e) {
                // The next attempt may find the change made already; one more does no harm here.
                continue;
            }
        }
    }

    @Test
    void theSessionOutlivesEveryServerItWasOn() {
        try (CoordinatorClient client = CoordinatorClient.builder(connectString())
                        .sessionTimeout(Duration.ofSeconds(20))
                        .operationTimeout(Duration.ofMinutes(2))
                        .connect();
                CoordinatorClient writer = CoordinatorClient.builder(connectString())
                        .sessionTimeout(Duration.ofSeconds(20))
                        .operationTimeout(Duration.ofMinutes(2))
                        .connect()) {
            client.sync().create("/followed", null, CreateMode.PERSISTENT);
            client.sync().create("/alive", null, CreateMode.EPHEMERAL);
            Session session = client.session();
            AtomicInteger known = new AtomicInteger(-1);
            follow(client, known);
            for (int i = 0; i < SERVERS; i++) {
                servers[i].kill();
                changeOnce(writer);
                start(i);
                writer.sync().sync("/");
                int version = writer.sync().getData("/followed").stat().version();
                Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> known.get() >= version);
                assertThat(writer.sync().exists("/alive").stat().ephemeralOwner())
                        .isEqualTo(session.id());
            }
            assertThat(client.session()).isEqualTo(session);
            assertThat(client.sync().getEphemerals("/")).containsExactly("/alive");
        }
    }
}
