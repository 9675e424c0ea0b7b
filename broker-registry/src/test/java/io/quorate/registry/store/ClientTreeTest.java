package io.quorate.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.BareServer;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.proto.OpCode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a watch that could not be set at once. */
final class ClientTreeTest {
    private final ExecutorService agent = Executors.newSingleThreadExecutor();
    private final BlockingQueue<String> trouble = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        agent.shutdown();
    }

    private ClientTree tree(CoordinatorClient client) {
        return new ClientTree(client, AclPolicy.OPEN, agent, trouble::add);
    }

    @Test
    void aWatchThatFindsNoRoomIsSetLater() throws Exception {
        try (BareServer server = new BareServer(false);
                CoordinatorClient client = CoordinatorClient.builder(server.address())
                        .outstandingMax(1)
                        .callbacks(agent)
                        .connect()) {
            var other = client.exists("/a");
            tree(client).watch("/b", true, change -> {});
            server.open();
            assertThat(server.awaitAsked(OpCode.ADD_WATCH)).isTrue();
            assertThat(other).isDone();
            assertThat(trouble).isEmpty();
        }
    }

    @Test
    void aWatchThatCannotBeIsTrouble() throws Exception {
        try (BareServer server = new BareServer(true).open();
                CoordinatorClient client = CoordinatorClient.builder(server.address())
                        .callbacks(agent)
                        .connect()) {
            tree(client).watch("/b", true, change -> {});
            assertThat(trouble.poll(2, TimeUnit.MINUTES)).isEqualTo("/b cannot be watched: UNIMPLEMENTED");
        }
    }
}
