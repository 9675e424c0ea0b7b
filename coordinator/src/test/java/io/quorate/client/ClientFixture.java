package io.quorate.client;

import io.quorate.compat.CompatServer;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.SyncClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/**
 * What the tests of the client share: clients and relays that are closed when a test ends, and one node of its own for each
 * test to work below. The server is the subclass's.
 */
class ClientFixture {
    static final Duration LONG_SESSION = Duration.ofSeconds(30);
    static final Duration SHORT_SESSION = Duration.ofSeconds(1);

    private final CompatServer server;
    private final List<AutoCloseable> opened = new ArrayList<>();

    ClientFixture(CompatServer server) {
        this.server = server;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    final CompatServer server() {
        return server;
    }

    /** A client that does not need anything special. */
    final CoordinatorClient client() {
        return open(builder(server.connectString()));
    }

    final ClientBuilder builder(String connectString) {
        return CoordinatorClient.builder(connectString).sessionTimeout(LONG_SESSION);
    }

    final CoordinatorClient open(ClientBuilder builder) {
        return keep(builder.connect());
    }

    final Relay relay() {
        return keep(Relay.to(server.process().address()));
    }

    final <T extends AutoCloseable> T keep(T closed) {
        opened.add(0, closed);
        return closed;
    }

    /** Deletes a node with everything below it, and creates it anew. */
    final String fresh(SyncClient client, String path) {
        deleteAll(client, path);
        return client.create(path, null, CreateMode.PERSISTENT).path();
    }

    private static void deleteAll(SyncClient client, String path) {
        try {
            for (String name : client.getChildren(path).names()) {
                deleteAll(client, path + "/" + name);
            }
            client.delete(path, -1);
        } catch (CoordinatorException.NoNode e) {
            // It was not there, or has gone with its session meanwhile.
            return;
        }
    }
}
