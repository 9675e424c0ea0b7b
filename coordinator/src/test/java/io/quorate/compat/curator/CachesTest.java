package io.quorate.compat.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.recipes.cache.NodeCache;
import org.apache.curator.framework.recipes.cache.PathChildrenCache;
import org.apache.curator.framework.recipes.cache.TreeCache;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Curator's caches, old and new, and its persistent watcher, while another client changes what they show. */
@SuppressWarnings("deprecation")
final class CachesTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Frameworks frameworks = new Frameworks(SERVER);

    private CuratorFramework watching;
    private CuratorFramework acting;

    @BeforeEach
    void open() {
        watching = frameworks.open();
        acting = frameworks.open();
    }

    private void create(String path, String data) throws Exception {
        acting.create().creatingParentsIfNeeded().forPath(path, data.getBytes(UTF_8));
    }

    private void set(String path, String data) throws Exception {
        acting.setData().forPath(path, data.getBytes(UTF_8));
    }

    @Test
    void theCacheOfABranchFollowsIt() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        create("/branch/a", "1");
        try (CuratorCache cache = CuratorCache.build(watching, "/branch")) {
            cache.listenable()
                    .addListener(CuratorCacheListener.builder()
                            .forInitialized(() -> events.add("initialized"))
                            .forCreates(node -> events.add("created " + node.getPath()))
                            .forChanges((old, node) -> events.add("changed " + node.getPath()))
                            .forDeletes(node -> events.add("deleted " + node.getPath()))
                            .build());
            cache.start();
            Frameworks.await().until(() -> events.contains("initialized"));
            assertThat(cache.size()).isEqualTo(2);
            create("/branch/b/deep", "2");
            set("/branch/a", "3");
            acting.delete().forPath("/branch/b/deep");
            Frameworks.await().until(() -> events.contains("deleted /branch/b/deep"));
            assertThat(events)
                    .containsSubsequence("created /branch/b", "created /branch/b/deep", "deleted /branch/b/deep")
                    .contains("changed /branch/a");
            assertThat(cache.get("/branch/a").orElseThrow().getData()).isEqualTo("3".getBytes(UTF_8));
            assertThat(cache.get("/branch/b/deep")).isEmpty();
        }
    }

    @Test
    void theCacheOfANodeFollowsIt() throws Exception {
        try (NodeCache cache = new NodeCache(watching, "/node")) {
            cache.start(true);
            assertThat(cache.getCurrentData()).isNull();
            create("/node", "1");
            Frameworks.await().until(() -> cache.getCurrentData() != null);
            set("/node", "2");
            Frameworks.await().until(() -> new String(cache.getCurrentData().getData(), UTF_8).equals("2"));
            acting.delete().forPath("/node");
            Frameworks.await().until(() -> cache.getCurrentData() == null);
        }
    }

    @Test
    void theCacheOfChildrenFollowsThem() throws Exception {
        create("/children/a", "1");
        try (PathChildrenCache cache = new PathChildrenCache(watching, "/children", true)) {
            cache.start(PathChildrenCache.StartMode.BUILD_INITIAL_CACHE);
            assertThat(cache.getCurrentData()).hasSize(1);
            for (int i = 0; i < 50; i++) {
                create("/children/n" + i, "x");
            }
            Frameworks.await().until(() -> cache.getCurrentData().size() == 51);
            set("/children/a", "2");
            Frameworks.await()
                    .until(() -> new String(cache.getCurrentData("/children/a").getData(), UTF_8).equals("2"));
            acting.delete().forPath("/children/a");
            Frameworks.await().until(() -> cache.getCurrentData().size() == 50);
        }
    }

    @Test
    void theCacheOfATreeFollowsIt() throws Exception {
        create("/tree/a/b", "1");
        try (TreeCache cache = new TreeCache(watching, "/tree")) {
            cache.start();
            Frameworks.await().until(() -> cache.getCurrentData("/tree/a/b") != null);
            create("/tree/a/c", "2");
            Frameworks.await().until(() -> cache.getCurrentChildren("/tree/a").size() == 2);
            acting.delete().deletingChildrenIfNeeded().forPath("/tree/a");
            Frameworks.await().until(() -> cache.getCurrentData("/tree/a") == null);
        }
    }

    @Test
    void aRecursivePersistentWatcherHearsEverything() throws Exception {
        create("/watched", "");
        List<WatchedEvent> events = new CopyOnWriteArrayList<>();
        try (PersistentWatcher watcher = new PersistentWatcher(watching, "/watched", true)) {
            List<String> resets = new CopyOnWriteArrayList<>();
            watcher.getResetListenable().addListener(() -> resets.add("set"));
            watcher.getListenable().addListener(events::add);
            watcher.start();
            Frameworks.await().until(() -> !resets.isEmpty());
            for (int i = 0; i < 20; i++) {
                create("/watched/n" + i, "x");
                set("/watched/n" + i, "y");
            }
            Frameworks.await().until(() -> events.size() >= 40);
            assertThat(events).hasSize(40);
            for (int i = 0; i < 20; i++) {
                assertThat(events.get(2 * i))
                        .returns(EventType.NodeCreated, WatchedEvent::getType)
                        .returns("/watched/n" + i, WatchedEvent::getPath);
                assertThat(events.get(2 * i + 1)).returns(EventType.NodeDataChanged, WatchedEvent::getType);
            }
        }
    }
}
