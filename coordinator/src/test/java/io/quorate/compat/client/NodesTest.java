package io.quorate.compat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Making, reading, changing and deleting nodes with the stock client's blocking calls. */
final class NodesTest {

    private static final int FRAME_BYTES_MAX = 0xfffff;

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Clients clients = new Clients(SERVER);

    private ZooKeeper client;

    @BeforeEach
    void connect() throws Exception {
        client = clients.connect();
    }

    @Test
    void everyModeWithoutAnEndOfLifeCreates() throws Exception {
        client.create("/modes", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThat(create("/modes/p", CreateMode.PERSISTENT)).isEqualTo("/modes/p");
        assertThat(create("/modes/ps-", CreateMode.PERSISTENT_SEQUENTIAL)).isEqualTo("/modes/ps-0000000001");
        assertThat(create("/modes/e", CreateMode.EPHEMERAL)).isEqualTo("/modes/e");
        assertThat(create("/modes/es-", CreateMode.EPHEMERAL_SEQUENTIAL)).isEqualTo("/modes/es-0000000003");
        assertThat(create("/modes/c", CreateMode.CONTAINER)).isEqualTo("/modes/c");
        assertThat(create("/modes/", CreateMode.PERSISTENT_SEQUENTIAL)).isEqualTo("/modes/0000000005");
        assertThat(client.exists("/modes/e", false).getEphemeralOwner()).isEqualTo(client.getSessionId());
        assertThat(client.exists("/modes/es-0000000003", false).getEphemeralOwner())
                .isEqualTo(client.getSessionId());
        assertThat(client.exists("/modes/p", false).getEphemeralOwner()).isZero();
        assertThat(client.exists("/modes/c", false).getEphemeralOwner()).isZero();
    }

    private String create(String path, CreateMode mode) throws Exception {
        return client.create(path, bytes("x"), Ids.OPEN_ACL_UNSAFE, mode);
    }

    @Test
    void ttlNodesAreMadeInBothModesAndHaveNoOwner() throws Exception {
        Stat stat = new Stat();
        client.create("/ttl", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, stat, 60_000);
        assertThat(stat.getEphemeralOwner()).isZero();
        String name = client.create(
                "/ttl/s-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, stat, 60_000);
        assertThat(name).isEqualTo("/ttl/s-0000000000");
    }

    @Test
    void createHandsBackTheStat() throws Exception {
        Stat made = new Stat();
        client.create("/made", bytes("four"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, made);
        assertThat(made.getDataLength()).isEqualTo(4);
        assertThat(made.getCzxid()).isPositive().isEqualTo(made.getMzxid()).isEqualTo(made.getPzxid());
        assertThat(made.getCtime()).isPositive().isEqualTo(made.getMtime());
        assertThat(made.getVersion() + made.getCversion() + made.getAversion()).isZero();
        assertThat(client.exists("/made", false)).isEqualTo(made);
    }

    @Test
    void setDataCountsVersionsAndRefusesStaleOnes() throws Exception {
        create("/set", CreateMode.PERSISTENT);
        Stat first = client.setData("/set", bytes("one"), 0);
        Stat second = client.setData("/set", bytes("three"), -1);
        assertThat(second.getVersion()).isEqualTo(first.getVersion() + 1).isEqualTo(2);
        assertThat(second.getMzxid()).isGreaterThan(first.getMzxid());
        assertThatThrownBy(() -> client.setData("/set", bytes("no"), 1))
                .isInstanceOf(KeeperException.BadVersionException.class);
        Stat read = new Stat();
        assertThat(client.getData("/set", false, read)).isEqualTo(bytes("three"));
        assertThat(read).isEqualTo(second);
        client.setData("/set", null, -1);
        assertThat(client.getData("/set", false, null)).isNull();
        client.setData("/set", new byte[0], -1);
        assertThat(client.getData("/set", false, null)).isEmpty();
    }

    @Test
    void errorsArriveAsTheirExceptions() throws Exception {
        create("/parent", CreateMode.PERSISTENT);
        create("/parent/child", CreateMode.PERSISTENT);
        create("/parent/ephemeral", CreateMode.EPHEMERAL);
        assertThatThrownBy(() -> create("/parent", CreateMode.PERSISTENT))
                .isInstanceOf(KeeperException.NodeExistsException.class)
                .extracting(e -> ((KeeperException) e).getPath())
                .isEqualTo("/parent");
        assertThatThrownBy(() -> create("/none/child", CreateMode.PERSISTENT))
                .isInstanceOf(KeeperException.NoNodeException.class);
        assertThatThrownBy(() -> create("/parent/ephemeral/child", CreateMode.PERSISTENT))
                .isInstanceOf(KeeperException.NoChildrenForEphemeralsException.class);
        assertThatThrownBy(() -> client.delete("/parent", -1)).isInstanceOf(KeeperException.NotEmptyException.class);
        assertThatThrownBy(() -> client.delete("/parent/child", 7))
                .isInstanceOf(KeeperException.BadVersionException.class);
        assertThatThrownBy(() -> client.delete("/none", -1)).isInstanceOf(KeeperException.NoNodeException.class);
        assertThatThrownBy(() -> client.getData("/none", false, null))
                .isInstanceOf(KeeperException.NoNodeException.class);
        assertThatThrownBy(() -> client.getChildren("/none", false))
                .isInstanceOf(KeeperException.NoNodeException.class);
        assertThat(client.exists("/none", false)).isNull();
        assertThatThrownBy(() -> client.delete("/zookeeper", -1))
                .isInstanceOfAny(KeeperException.BadArgumentsException.class, KeeperException.NotEmptyException.class);
    }

    @Test
    void childrenAreListedAndCounted() throws Exception {
        create("/family", CreateMode.PERSISTENT);
        create("/family/a", CreateMode.PERSISTENT);
        create("/family/b", CreateMode.PERSISTENT);
        create("/family/a/grandchild", CreateMode.PERSISTENT);
        Stat stat = new Stat();
        assertThat(client.getChildren("/family", false)).containsExactlyInAnyOrder("a", "b");
        assertThat(client.getChildren("/family", false, stat)).hasSize(2);
        assertThat(stat.getNumChildren()).isEqualTo(2);
        assertThat(stat.getCversion()).isEqualTo(2);
        assertThat(client.getAllChildrenNumber("/family")).isEqualTo(3);
        client.delete("/family/b", 0);
        assertThat(client.exists("/family", false).getCversion()).isEqualTo(3);
        assertThat(client.getChildren("/", false)).contains("family", "zookeeper");
    }

    @Test
    void aThousandChildrenAreListedWhole() throws Exception {
        create("/crowd", CreateMode.PERSISTENT);
        Replies replies = new Replies();
        IntStream.range(0, 1000)
                .forEach(i -> client.create(
                        "/crowd/member-",
                        null,
                        Ids.OPEN_ACL_UNSAFE,
                        CreateMode.EPHEMERAL_SEQUENTIAL,
                        replies.name(),
                        i));
        for (int i = 0; i < 1000; i++) {
            assertThat(replies.nextOk().context()).isEqualTo(i);
        }
        List<String> expected =
                IntStream.range(0, 1000).mapToObj("member-%010d"::formatted).toList();
        assertThat(client.getChildren("/crowd", false)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(client.getEphemerals("/crowd")).hasSize(1000);
    }

    @Test
    void valuesUpToTheFrameLimitPassAndLargerOnesCloseTheConnection() throws Exception {
        byte[] large = new byte[FRAME_BYTES_MAX - 200];
        Arrays.fill(large, (byte) 7);
        client.create("/large", large, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThat(client.getData("/large", false, null)).isEqualTo(large);
        assertThatThrownBy(() -> client.setData("/large", new byte[FRAME_BYTES_MAX + 1], -1))
                .isInstanceOf(KeeperException.ConnectionLossException.class);
        ZooKeeper other = clients.connect();
        assertThat(other.getData("/large", false, null)).isEqualTo(large);
        other.delete("/large", 0);
    }

    @Test
    void namesBeyondAsciiAndDeepPathsWork() throws Exception {
        String path = "";
        for (int depth = 0; depth < 50; depth++) {
            path += "/d";
            create(path, CreateMode.PERSISTENT);
        }
        create(path + "/größe-名前", CreateMode.PERSISTENT);
        assertThat(client.getChildren(path, false)).containsExactly("größe-名前");
    }

    @Test
    void theConfigurationNodeCanBeRead() throws Exception {
        Stat stat = new Stat();
        byte[] data = client.getConfig(false, stat);
        assertThat(data).isEqualTo(client.getData("/zookeeper/config", false, null));
        assertThat(stat).isEqualTo(client.exists("/zookeeper/config", false));
    }

    @Test
    void theClientDescribesItsConnection() throws Exception {
        client.sync("/");
        assertThat(client.getState().isConnected()).isTrue();
        assertThat(client.getSessionTimeout()).isEqualTo(Clients.LONG_TIMEOUT_MILLIS);
        assertThat(client.getSessionPasswd()).hasSize(16);
        assertThat(client.toString())
                .contains(Long.toHexString(client.getSessionId()))
                .containsAnyOf(SERVER.connectString().split(",", -1));
        assertThat(client.close(5_000)).isTrue();
        assertThat(client.getState().isAlive()).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
