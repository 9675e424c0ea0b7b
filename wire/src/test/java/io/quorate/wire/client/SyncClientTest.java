package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits on the thread that would have to tell the answer waits for a bounded time. No server is needed for that. */
final class SyncClientTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private CoordinatorClient client() {
        return CoordinatorClient.builder("127.0.0.1:1")
                .operationTimeout(SHORT)
                .closeTimeout(SHORT)
                .callbacks(executor)
                .connect();
    }

    private void waitsInVain(Runnable waiting) throws Exception {
        Future<?> waited = executor.submit(
                () -> assertThatThrownBy(waiting::run).isInstanceOf(CoordinatorException.OperationTimeout.class));
        waited.get(2, TimeUnit.MINUTES);
    }

    @Test
    void aTaskOfTheCallbackExecutorDoesNotWaitForEver() throws Exception {
        try (CoordinatorClient client = client()) {
            waitsInVain(() -> client.sync().exists("/a"));
        }
    }

    @Test
    void norDoesACallbackOfAnotherClientThatSharesTheExecutor() throws Exception {
        try (CoordinatorClient first = client();
                CoordinatorClient second = client()) {
            assertThat(first.exists("/a").handle((none, failure) -> {
                        assertThatThrownBy(() -> second.sync().exists("/b"))
                                .isInstanceOf(CoordinatorException.OperationTimeout.class);
                        return "waited";
                    }))
                    .succeedsWithin(Duration.ofMinutes(2))
                    .isEqualTo("waited");
        }
    }

    @Test
    void norForTheConnectionOnceThatIsDecided() throws Exception {
        CoordinatorClient client = client();
        waitsInVain(() -> {
            assertThat(client.abandon()).isNotDone();
            client.sync().awaitConnected();
        });
    }
}
