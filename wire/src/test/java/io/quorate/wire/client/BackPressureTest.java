package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Callbacks that cannot keep up hold up the reading, which says nothing about the server. */
final class BackPressureTest {
    /** Pings go out at every third of it, and a silent server is left at the second. */
    private static final int TIMEOUT_MILLIS = 3_000;

    @Test
    void aServerThatIsNotReadIsNotTakenForSilent() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch held = new CountDownLatch(1);
        int events = Callbacks.WAITING_MAX * 3;
        CountDownLatch told = new CountDownLatch(events);
        try (PushingServer server = new PushingServer(TIMEOUT_MILLIS, events);
                CoordinatorClient client = CoordinatorClient.builder("127.0.0.1:" + server.port())
                        .callbacks(executor)
                        .closeTimeout(Duration.ofMillis(100))
                        .connect()) {
            client.sync().awaitConnected();
            executor.execute(() -> await(held));
            var unused = client.addWatch("/a", AddWatchMode.PERSISTENT, event -> told.countDown());

            assertThat(server.pings.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(server.connections).hasValue(1);
            assertThat(client.isConnected()).isTrue();
            assertThat(client.sessionDeadline() - System.nanoTime())
                    .as("what was not read prolongs nothing")
                    .isLessThan(Duration.ofMillis(TIMEOUT_MILLIS).toNanos());

            held.countDown();
            assertThat(told.await(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            held.countDown();
            executor.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
