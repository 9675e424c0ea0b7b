package io.quorate.compat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that the server itself removes: containers that became empty and nodes whose time to live is over. */
final class EndsOfLifeTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm("-Dznode.container.checkIntervalMs=500");

    @RegisterExtension
    final Clients clients = new Clients(SERVER);

    private final Events events = new Events();
    private ZooKeeper client;

    @BeforeEach
    void connect() throws Exception {
        client = clients.connect();
    }

    private void createTtl(String path, long ttlMillis) throws Exception {
        client.create(path, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, new Stat(), ttlMillis);
    }

    @Test
    void aContainerGoesWhenItsLastChildIsGone() throws Exception {
        client.create("/container", null, Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
        client.create("/container/child", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create("/unused", null, Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
        client.exists("/container", events);
        client.delete("/container/child", -1);
        events.expect(EventType.NodeDeleted, "/container");
        assertThat(client.exists("/unused", false)).as("never had a child").isNotNull();
    }

    @Test
    void aNodeWithoutChildrenGoesWhenItsTimeIsOver() throws Exception {
        createTtl("/brief", 700);
        createTtl("/patient", 3_600_000);
        client.exists("/brief", events);
        events.expect(EventType.NodeDeleted, "/brief");
        assertThat(client.exists("/patient", false)).isNotNull();
    }

    @Test
    void aNodeWithChildrenOutlivesItsTime() throws Exception {
        createTtl("/parent", 500);
        client.create("/parent/child", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        createTtl("/later", 1_500);
        client.exists("/later", events);
        events.expect(EventType.NodeDeleted, "/later");
        assertThat(client.exists("/parent", events)).isNotNull();
        client.delete("/parent/child", -1);
        events.expect(EventType.NodeDeleted, "/parent");
    }

    @Test
    void impossibleTimesAreRefusedByTheClientItself() {
        assertThatThrownBy(() -> createTtl("/never", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> createTtl("/never", 0x00ffffffffffffffL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.getData("/never", false, null))
                .isInstanceOf(KeeperException.NoNodeException.class);
    }
}
