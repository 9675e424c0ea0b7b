package io.quorate.compat.curator;

import static io.quorate.compat.curator.Frameworks.LIMIT_SECONDS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recipes in use while the server is killed and started again on its folder. */
final class CuratorRestartTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Frameworks frameworks = new Frameworks(SERVER);

    private void restart(CuratorFramework... clients) throws Exception {
        SERVER.restart();
        for (CuratorFramework client : clients) {
            client.sync().forPath("/");
            Frameworks.await().until(() -> client.getZookeeperClient().isConnected());
        }
    }

    @Test
    void aLatchHasOneLeaderAgainAndPassesOn() throws Exception {
        CuratorFramework first = frameworks.open();
        CuratorFramework second = frameworks.open();
        LeaderLatch one = new LeaderLatch(first, "/latch", "one");
        try (LeaderLatch two = new LeaderLatch(second, "/latch", "two")) {
            one.start();
            assertThat(one.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            two.start();
            Frameworks.await().until(() -> one.getParticipants().size() == 2);
            restart(first, second);
            Frameworks.await().until(() -> one.hasLeadership() != two.hasLeadership());
            one.close();
            assertThat(two.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(second.getChildren().forPath("/latch")).hasSize(1);
        }
    }

    @Test
    void aHeldMutexStaysHeldAndItsWaiterGetsItInTheEnd() throws Exception {
        CuratorFramework first = frameworks.open();
        CuratorFramework second = frameworks.open();
        InterProcessMutex held = new InterProcessMutex(first, "/mutex");
        InterProcessMutex wanted = new InterProcessMutex(second, "/mutex");
        held.acquire();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> waiting = thread.submit(() -> wanted.acquire(4 * LIMIT_SECONDS, TimeUnit.SECONDS));
            Frameworks.await().until(() -> first.getChildren().forPath("/mutex").size() == 2);
            restart(first, second);
            assertThat(first.getChildren().forPath("/mutex")).hasSize(2);
            assertThat(waiting.isDone()).isFalse();
            held.release();
            assertThat(waiting.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void aCacheShowsWhatChangedAfterTheRestart() throws Exception {
        CuratorFramework watching = frameworks.open();
        CuratorFramework acting = frameworks.open();
        acting.create().creatingParentsIfNeeded().forPath("/cache/kept", "1".getBytes(UTF_8));
        acting.create().forPath("/cache/doomed", "1".getBytes(UTF_8));
        try (CuratorCache cache = CuratorCache.build(watching, "/cache")) {
            cache.start();
            Frameworks.await().until(() -> cache.size() == 3);
            restart(acting);
            acting.setData().forPath("/cache/kept", "2".getBytes(UTF_8));
            acting.delete().forPath("/cache/doomed");
            acting.create().forPath("/cache/new", "3".getBytes(UTF_8));
            Frameworks.await()
                    .until(() -> cache.get("/cache/new").isPresent()
                            && cache.get("/cache/doomed").isEmpty()
                            && new String(cache.get("/cache/kept").orElseThrow().getData(), UTF_8).equals("2"));
        }
    }
}
