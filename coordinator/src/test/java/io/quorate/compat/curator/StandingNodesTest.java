package io.quorate.compat.curator;

import static io.quorate.compat.curator.Frameworks.LIMIT_SECONDS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.framework.recipes.nodes.PersistentTtlNode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Curator's nodes that outlive sessions, its group membership, transactions and conveniences. */
final class StandingNodesTest {

    private static final byte[] DATA = "data".getBytes(UTF_8);

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm("-Dznode.container.checkIntervalMs=500");

    @RegisterExtension
    final Frameworks frameworks = new Frameworks(SERVER);

    @Test
    void aPersistentNodeComesBackAfterADeletionAndAnEndOfSession() throws Exception {
        CuratorFramework owner = frameworks.open();
        CuratorFramework other = frameworks.open();
        try (PersistentNode node = new PersistentNode(owner, CreateMode.EPHEMERAL, false, "/standing", DATA)) {
            node.start();
            assertThat(node.waitForInitialCreate(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            long first = other.checkExists().forPath("/standing").getCzxid();
            other.delete().forPath("/standing");
            Frameworks.await().until(() -> isNewer(other, first));
            long second = other.checkExists().forPath("/standing").getCzxid();
            frameworks.endSession(owner);
            Frameworks.await().until(() -> isNewer(other, second));
            assertThat(other.getData().forPath("/standing")).isEqualTo(DATA);
        }
        Frameworks.await().until(() -> other.checkExists().forPath("/standing") == null);
    }

    private static boolean isNewer(CuratorFramework client, long zxid) throws Exception {
        var stat = client.checkExists().forPath("/standing");
        return stat != null && stat.getCzxid() > zxid;
    }

    @Test
    void aPersistentTtlNodeIsKeptAliveUntilItIsClosed() throws Exception {
        CuratorFramework client = frameworks.open();
        try (PersistentTtlNode node = new PersistentTtlNode(client, "/kept", 1_000, DATA)) {
            node.start();
            assertThat(node.waitForInitialCreate(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            client.create()
                    .withTtl(3_000)
                    .withMode(CreateMode.PERSISTENT_WITH_TTL)
                    .forPath("/hourglass");
            Frameworks.await().until(() -> client.checkExists().forPath("/hourglass") == null);
            assertThat(client.getData().forPath("/kept")).isEqualTo(DATA);
        }
        Frameworks.await().until(() -> client.checkExists().forPath("/kept") == null);
    }

    @Test
    void aGroupKnowsItsMembers() throws Exception {
        CuratorFramework mortal = frameworks.open();
        try (GroupMember one = new GroupMember(mortal, "/group", "one", DATA);
                GroupMember two = new GroupMember(frameworks.open(), "/group", "two", DATA)) {
            one.start();
            two.start();
            Frameworks.await().until(() -> two.getCurrentMembers().size() == 2);
            assertThat(two.getCurrentMembers()).containsOnlyKeys("one", "two");
            one.setThisData("new".getBytes(UTF_8));
            Frameworks.await().until(() -> new String(two.getCurrentMembers().get("one"), UTF_8).equals("new"));
            mortal.close();
            Frameworks.await().until(() -> two.getCurrentMembers().size() == 1);
        }
    }

    @Test
    void transactionsHappenAsAWhole() throws Exception {
        CuratorFramework client = frameworks.open();
        List<CuratorTransactionResult> results = client.transaction()
                .forOperations(
                        client.transactionOp().create().forPath("/whole", DATA),
                        client.transactionOp().create().forPath("/whole/part", DATA),
                        client.transactionOp().setData().withVersion(0).forPath("/whole", DATA),
                        client.transactionOp().check().withVersion(1).forPath("/whole"),
                        client.transactionOp().delete().forPath("/whole/part"));
        assertThat(results).extracting(CuratorTransactionResult::getError).containsOnly(0);
        assertThatThrownBy(() -> client.transaction()
                        .forOperations(
                                client.transactionOp().delete().forPath("/whole"),
                                client.transactionOp().delete().forPath("/none")))
                .isInstanceOf(KeeperException.NoNodeException.class);
        assertThat(client.checkExists().forPath("/whole")).isNotNull();
    }

    @Test
    void protectedContainerAndOrSetCreationWork() throws Exception {
        CuratorFramework client = frameworks.open();
        String path = client.create()
                .creatingParentContainersIfNeeded()
                .withProtection()
                .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                .forPath("/protected/n-", DATA);
        assertThat(path).matches("/protected/_c_[0-9a-f-]{36}-n-\\d{10}");
        client.create().orSetData().forPath("/or-set", DATA);
        client.create().orSetData().forPath("/or-set", "again".getBytes(UTF_8));
        assertThat(client.getData().forPath("/or-set")).isEqualTo("again".getBytes(UTF_8));
        client.create().idempotent().forPath("/idem", DATA);
        client.create().idempotent().forPath("/idem", DATA);
        client.delete().guaranteed().forPath(path);
        Frameworks.await().until(() -> client.checkExists().forPath("/protected") == null);
        CuratorFramework inside = client.usingNamespace("space");
        inside.create().creatingParentsIfNeeded().forPath("/a/b", DATA);
        assertThat(client.checkExists().forPath("/space/a/b")).isNotNull();
    }
}
