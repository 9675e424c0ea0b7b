package io.quorate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.client.CoordinatorClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A cache before servers that have little to say: nobody waits for it for ever. */
final class MetadataCacheTest {
    private static String failure(CompletableFuture<?> future) throws Exception {
        return future.handle((done, failure) -> failure == null ? "no failure" : failure.getMessage())
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void whoWaitsForACacheThatIsClosedIsToldSo() throws Exception {
        MetadataCache cache = MetadataCache.open(CoordinatorClient.builder("127.0.0.1:1"));
        CompletableFuture<Void> loaded = cache.whenLoaded();
        cache.close();
        assertThat(failure(loaded)).contains("closed");
        assertThat(failure(cache.whenLoaded())).contains("closed");
    }

    @Test
    void aServerThatIsTooOldIsNamedAsTheReason() throws Exception {
        try (BareServer server = new BareServer(true).open();
                MetadataCache cache = MetadataCache.open(CoordinatorClient.builder(server.address()))) {
            assertThat(failure(cache.whenLoaded())).contains("3.6");
        }
    }

    @Test
    void aListenerMayCloseItsCache() throws Exception {
        AtomicReference<MetadataCache> cache = new AtomicReference<>();
        CompletableFuture<Void> opened = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (BareServer server = new BareServer(false).open()) {
            cache.set(MetadataCache.open(CoordinatorClient.builder(server.address()), snapshot -> {
                opened.join();
                cache.get().close();
                closed.complete(null);
            }));
            opened.complete(null);
            assertThat(failure(closed)).isEqualTo("no failure");
            assertThat(failure(cache.get().whenLoaded())).isEqualTo("no failure");
        }
    }
}
