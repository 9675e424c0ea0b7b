package io.quorate.compat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watches of every kind with the stock client: set, fired, removed, and set again after the connection was lost. */
final class WatchesTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Clients clients = new Clients(SERVER);

    private final Events events = new Events();
    private final Events connection = new Events();
    private ZooKeeper watching;
    private ZooKeeper acting;
    private String root;

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        watching = clients.connect("", connection);
        acting = clients.connect();
        root = "/" + test.getTestMethod().orElseThrow().getName();
        create(root);
    }

    private void create(String path) throws Exception {
        acting.create(path, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private void set(String path) throws Exception {
        acting.setData(path, null, -1);
    }

    @Test
    void dataWatchesFireOnce() throws Exception {
        watching.getData(root, events, null);
        set(root);
        events.expect(EventType.NodeDataChanged, root);
        set(root);
        watching.getData(root, events, null);
        acting.delete(root, -1);
        events.expect(EventType.NodeDeleted, root);
        assertThat(events.drain(watching)).isEmpty();
    }

    @Test
    void existsWatchesFireOnCreationChangeAndDeletion() throws Exception {
        String path = root + "/x";
        assertThat(watching.exists(path, events)).isNull();
        create(path);
        events.expect(EventType.NodeCreated, path);
        watching.exists(path, events);
        set(path);
        events.expect(EventType.NodeDataChanged, path);
        watching.exists(path, events);
        acting.delete(path, -1);
        events.expect(EventType.NodeDeleted, path);
        assertThat(events.drain(watching)).isEmpty();
    }

    @Test
    void childWatchesFireForChildrenOnly() throws Exception {
        watching.getChildren(root, events);
        set(root);
        create(root + "/a");
        events.expect(EventType.NodeChildrenChanged, root);
        watching.getChildren(root, events);
        set(root + "/a");
        create(root + "/a/b");
        assertThat(events.drain(watching)).isEmpty();
        acting.delete(root + "/a/b", -1);
        acting.delete(root + "/a", -1);
        events.expect(EventType.NodeChildrenChanged, root);
        watching.getChildren(root, events);
        acting.delete(root, -1);
        events.expect(EventType.NodeDeleted, root);
    }

    @Test
    void theDefaultWatcherServesWatchesWithoutOneOfTheirOwn() throws Exception {
        watching.getData(root, true, null);
        set(root);
        connection.expect(EventType.NodeDataChanged, root);
        Events replaced = new Events();
        watching.register(replaced);
        watching.exists(root, true);
        watching.getChildren(root, true);
        acting.delete(root, -1);
        replaced.expect(EventType.NodeDeleted, root);
    }

    @Test
    void oneWatcherForDataAndChildrenHearsOfADeletionOnce() throws Exception {
        watching.getData(root, events, null);
        watching.exists(root, events);
        watching.getChildren(root, events);
        acting.delete(root, -1);
        events.expect(EventType.NodeDeleted, root);
        assertThat(events.drain(watching)).isEmpty();
    }

    @Test
    void persistentWatchesStay() throws Exception {
        watching.addWatch(root, events, AddWatchMode.PERSISTENT);
        set(root);
        create(root + "/a");
        set(root + "/a");
        set(root);
        acting.delete(root + "/a", -1);
        acting.delete(root, -1);
        create(root);
        events.expect(EventType.NodeDataChanged, root);
        events.expect(EventType.NodeChildrenChanged, root);
        events.expect(EventType.NodeDataChanged, root);
        events.expect(EventType.NodeChildrenChanged, root);
        events.expect(EventType.NodeDeleted, root);
        events.expect(EventType.NodeCreated, root);
        assertThat(events.drain(watching)).isEmpty();
    }

    @Test
    void recursiveWatchesSeeTheWholeBranch() throws Exception {
        watching.addWatch(root, events, AddWatchMode.PERSISTENT_RECURSIVE);
        create(root + "/a");
        create(root + "/a/b");
        set(root + "/a/b");
        acting.delete(root + "/a/b", -1);
        set(root);
        events.expect(EventType.NodeCreated, root + "/a");
        events.expect(EventType.NodeCreated, root + "/a/b");
        events.expect(EventType.NodeDataChanged, root + "/a/b");
        events.expect(EventType.NodeDeleted, root + "/a/b");
        events.expect(EventType.NodeDataChanged, root);
        assertThat(events.drain(watching)).isEmpty();
    }

    @Test
    void removedWatchesAreSilentAndSaySo() throws Exception {
        Events other = new Events();
        watching.getData(root, events, null);
        watching.getChildren(root, events);
        watching.getData(root, other, null);
        watching.removeWatches(root, events, WatcherType.Data, false);
        events.expect(EventType.DataWatchRemoved, root);
        watching.removeWatches(root, events, WatcherType.Children, false);
        events.expect(EventType.ChildWatchRemoved, root);
        assertThatThrownBy(() -> watching.removeWatches(root, events, WatcherType.Any, false))
                .isInstanceOf(KeeperException.NoWatcherException.class);
        set(root);
        create(root + "/a");
        other.expect(EventType.NodeDataChanged, root);
        assertThat(events.drain(watching)).isEmpty();
    }

    @Test
    void allWatchesOfAPathAreRemovedAtOnce() throws Exception {
        Events recursive = new Events();
        watching.getData(root, events, null);
        watching.addWatch(root, recursive, AddWatchMode.PERSISTENT_RECURSIVE);
        watching.removeAllWatches(root, WatcherType.Any, false);
        events.expect(EventType.DataWatchRemoved, root);
        recursive.expect(EventType.PersistentWatchRemoved, root);
        set(root);
        assertThat(events.drain(watching)).isEmpty();
        assertThat(recursive.drain(watching)).isEmpty();
    }

    @Test
    void missedEventsAreToldAfterAReconnect() throws Exception {
        Events children = new Events();
        Events created = new Events();
        Events deleted = new Events();
        create(root + "/doomed");
        watching.getData(root, events, null);
        watching.getChildren(root, children);
        watching.exists(root + "/new", created);
        watching.getData(root + "/doomed", deleted, null);
        whileDisconnected(() -> {
            set(root);
            create(root + "/new");
            acting.delete(root + "/doomed", -1);
        });
        events.awaitState(KeeperState.SyncConnected);
        events.expect(EventType.NodeDataChanged, root);
        children.awaitState(KeeperState.SyncConnected);
        children.expect(EventType.NodeChildrenChanged, root);
        created.awaitState(KeeperState.SyncConnected);
        created.expect(EventType.NodeCreated, root + "/new");
        deleted.awaitState(KeeperState.SyncConnected);
        deleted.expect(EventType.NodeDeleted, root + "/doomed");
    }

    @Test
    void watchesOfAllKindsAreSetAgainAfterAReconnect() throws Exception {
        Events persistent = new Events();
        Events recursive = new Events();
        watching.getData(root, events, null);
        watching.addWatch(root, persistent, AddWatchMode.PERSISTENT);
        watching.addWatch(root, recursive, AddWatchMode.PERSISTENT_RECURSIVE);
        whileDisconnected(() -> {});
        set(root);
        events.awaitState(KeeperState.SyncConnected);
        events.expect(EventType.NodeDataChanged, root);
        persistent.awaitState(KeeperState.SyncConnected);
        persistent.expect(EventType.NodeDataChanged, root);
        recursive.awaitState(KeeperState.SyncConnected);
        recursive.expect(EventType.NodeDataChanged, root);
    }

    @Test
    void tenThousandWatchesAreSetAgainAfterAReconnect() throws Exception {
        Events[] each = new Events[10_000];
        Replies replies = new Replies();
        String padding = "x".repeat(100);
        for (int i = 0; i < each.length; i++) {
            each[i] = new Events();
            watching.exists(root + "/" + padding + i, each[i], replies.stat(), null);
        }
        for (int i = 0; i < each.length; i++) {
            replies.next();
        }
        whileDisconnected(() -> create(root + "/" + padding + 9_999));
        create(root + "/" + padding + 17);
        each[9_999].awaitState(KeeperState.SyncConnected);
        each[9_999].expect(EventType.NodeCreated, root + "/" + padding + 9_999);
        each[17].awaitState(KeeperState.SyncConnected);
        each[17].expect(EventType.NodeCreated, root + "/" + padding + 17);
    }

    /** Cuts the watching client off, does {@code work}, and lets it come back: the same session throughout. */
    private void whileDisconnected(Work work) throws Exception {
        Clients.cutOff(watching);
        connection.awaitState(KeeperState.Disconnected);
        work.run();
        watching.updateServerList(SERVER.connectString());
        connection.awaitState(KeeperState.SyncConnected);
    }

    private interface Work {
        void run() throws Exception;
    }
}
