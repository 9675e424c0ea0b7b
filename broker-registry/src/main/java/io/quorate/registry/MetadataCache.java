package io.quorate.registry;

import io.quorate.registry.cache.ClusterSnapshot;
import io.quorate.registry.cache.SnapshotKeeper;
import io.quorate.registry.cache.TopicRouter;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.store.AclPolicy;
import io.quorate.registry.store.SessionAgent;
import io.quorate.registry.tree.Outside;
import io.quorate.registry.tree.Tree;
import io.quorate.wire.client.ClientBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cluster looks like, kept up to date by watches, for those who send messages. Reading it never waits and takes no lock:
 * it is one reference to an immutable snapshot. It outlives lost sessions; the last snapshot stays meanwhile.
 *
 * <p>Not for every broker of a large cluster: each change of a leader is sent to each cache (registry spec 13.3).
 *
 * <p>Safe for use by any number of threads.
 */
public final class MetadataCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataCache.class);

    private final SessionAgent agent;
    private final SnapshotKeeper keeper;
    private final Consumer<ClusterSnapshot> listener;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private volatile ClusterSnapshot snapshot = ClusterSnapshot.EMPTY;

    private MetadataCache(ClientBuilder builder, Consumer<ClusterSnapshot> listener) {
        this.listener = listener;
        agent = new SessionAgent("quorate-metadata", builder, AclPolicy.OPEN);
        keeper = new SnapshotKeeper(agent, this::onSnapshot, this::onTrouble);
        agent.owner(new Sessions());
    }

    /** Opens a cache with sessions of its own. */
    public static MetadataCache open(ClientBuilder builder) {
        return open(builder, ignored -> {});
    }

    /**
     * Opens a cache with sessions of its own.
     *
     * @param listener gets every snapshot, on the cache's thread
     */
    public static MetadataCache open(ClientBuilder builder, Consumer<ClusterSnapshot> listener) {
        MetadataCache cache = new MetadataCache(builder, listener);
        cache.agent.after(0, cache.agent::openSession);
        return cache;
    }

    /** Completes when everything was read once; fails if that can never be, or this is closed before. */
    public CompletableFuture<Void> whenLoaded() {
        return loaded.copy();
    }

    /** The newest snapshot; an empty one before the first. */
    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    /** A router over this cache; see {@link TopicRouter}. */
    public TopicRouter router(int batchBytes, ToIntFunction<TopicPartition> queued) {
        return new TopicRouter(
                this::snapshot, bound -> ThreadLocalRandom.current().nextInt(bound), batchBytes, queued);
    }

    /** Ends the session; the last snapshot stays. Waits for that, except on the cache's own thread. */
    @Override
    public void close() {
        agent.await(agent.closeAsync(() -> {
            keeper.onExpired();
            fail("the metadata cache was closed");
        }));
    }

    private void fail(String reason) {
        loaded.completeExceptionally(new IllegalStateException(reason));
    }

    private void onSnapshot(ClusterSnapshot published) {
        snapshot = published;
        loaded.complete(null);
        Outside.call("the listener", () -> listener.accept(published), this::onTrouble);
    }

    private void onTrouble(String what) {
        LOG.warn("metadata cache: {}", what);
    }

    private final class Sessions implements SessionAgent.Owner {
        @Override
        public void onSession(Tree tree) {
            keeper.onSession(tree);
        }

        @Override
        public void onConnected() {
            keeper.onConnected();
        }

        @Override
        public void onDisconnected(long untilSuspectMillis) {
            keeper.onDisconnected();
        }

        @Override
        public void onExpired() {
            keeper.onExpired();
            agent.openSession();
        }

        @Override
        public void onFailed(String reason) {
            LOG.error("the metadata cache gets no session: {}", reason);
            fail(reason);
            CompletableFuture<Void> unused = agent.closeAsync(keeper::onExpired);
        }

        @Override
        public void onTrouble(String what) {
            MetadataCache.this.onTrouble(what);
        }
    }
}
