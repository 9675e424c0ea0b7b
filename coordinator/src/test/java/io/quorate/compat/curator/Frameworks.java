package io.quorate.compat.curator;

import io.quorate.compat.CompatServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The Curator clients that one test opens; all are closed when it ends. */
final class Frameworks implements AfterEachCallback {

    static final RetryNTimes RETRY = new RetryNTimes(150, 100);
    static final long LIMIT_SECONDS = 30;

    private static final int SESSION_MILLIS = 30_000;

    private final CompatServer server;
    private final List<CuratorFramework> open = new ArrayList<>();

    Frameworks(CompatServer server) {
        this.server = server;
    }

    /** A started client with a session of its own. */
    CuratorFramework open() {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(server.connectString())
                .sessionTimeoutMs(SESSION_MILLIS)
                .connectionTimeoutMs(SESSION_MILLIS / 2)
                .retryPolicy(RETRY)
                .build();
        client.start();
        open.add(client);
        return client;
    }

    /** Ends the session of a client behind its back, as its expiry would. */
    void endSession(CuratorFramework client) throws Exception {
        ZooKeeper victim = client.getZookeeperClient().getZooKeeper();
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper twin = new ZooKeeper(
                server.connectString(),
                SESSION_MILLIS,
                event -> {
                    if (event.getState() == KeeperState.SyncConnected) {
                        connected.countDown();
                    }
                },
                victim.getSessionId(),
                victim.getSessionPasswd());
        connected.await();
        twin.close();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).pollInterval(Duration.ofMillis(20));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(CuratorFramework::close);
        open.clear();
    }
}
