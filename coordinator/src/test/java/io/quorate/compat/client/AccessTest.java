package io.quorate.compat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quorate.compat.CompatServer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access lists, identities and who may do what, with the stock client. */
final class AccessTest {

    private static final byte[] ALICE = "alice:secret".getBytes(UTF_8);
    private static final byte[] BOB = "bob:hidden".getBytes(UTF_8);

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Clients clients = new Clients(SERVER);

    private ZooKeeper as(byte[] credentials) throws Exception {
        ZooKeeper client = clients.connect();
        client.addAuthInfo("digest", credentials);
        return client;
    }

    @Test
    void theCreatorsListAdmitsOnlyTheCreator() throws Exception {
        ZooKeeper alice = as(ALICE);
        alice.create("/private", null, Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        alice.setData("/private", ALICE, -1);
        for (ZooKeeper stranger : List.of(clients.connect(), as(BOB))) {
            assertThatThrownBy(() -> stranger.getData("/private", false, null))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThatThrownBy(() -> stranger.setData("/private", null, -1))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThatThrownBy(() -> stranger.getChildren("/private", false))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThatThrownBy(
                            () -> stranger.create("/private/child", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThatThrownBy(() -> stranger.exists("/private", false))
                    .isInstanceOf(KeeperException.NoAuthException.class);
        }
        assertThat(as(ALICE).getData("/private", false, null)).isEqualTo(ALICE);
    }

    @Test
    void theCreatorsListBecomesTheCreatorsDigest() throws Exception {
        ZooKeeper alice = as(ALICE);
        alice.create("/digest", null, Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        String digest = DigestAuthenticationProvider.generateDigest("alice:secret");
        assertThat(alice.getACL("/digest", new Stat())).containsExactly(new ACL(Perms.ALL, new Id("digest", digest)));
    }

    @Test
    void eachPermissionIsCheckedByItself() throws Exception {
        ZooKeeper client = clients.connect();
        client.create("/read", ALICE, Ids.READ_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThat(client.getData("/read", false, null)).isEqualTo(ALICE);
        assertThatThrownBy(() -> client.setData("/read", null, -1)).isInstanceOf(KeeperException.NoAuthException.class);
        List<ACL> noDelete = Arrays.asList(new ACL(Perms.ALL & ~Perms.DELETE, Ids.ANYONE_ID_UNSAFE));
        client.create("/keep", null, noDelete, CreateMode.PERSISTENT);
        client.create("/keep/child", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThatThrownBy(() -> client.delete("/keep/child", -1)).isInstanceOf(KeeperException.NoAuthException.class);
        List<ACL> noAdmin = Arrays.asList(new ACL(Perms.ALL & ~Perms.ADMIN, Ids.ANYONE_ID_UNSAFE));
        client.create("/fixed", null, noAdmin, CreateMode.PERSISTENT);
        assertThatThrownBy(() -> client.setACL("/fixed", Ids.OPEN_ACL_UNSAFE, -1))
                .isInstanceOf(KeeperException.NoAuthException.class);
    }

    @Test
    void listsAreReadChangedAndCounted() throws Exception {
        ZooKeeper client = clients.connect();
        client.create("/acl", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        Stat stat = new Stat();
        assertThat(client.getACL("/acl", stat)).isEqualTo(Ids.OPEN_ACL_UNSAFE);
        assertThat(stat.getAversion()).isZero();
        List<ACL> local =
                Arrays.asList(new ACL(Perms.ALL, new Id("ip", "127.0.0.1")), new ACL(Perms.READ, Ids.ANYONE_ID_UNSAFE));
        assertThat(client.setACL("/acl", local, 0).getAversion()).isEqualTo(1);
        assertThat(client.getACL("/acl", stat)).isEqualTo(local);
        assertThatThrownBy(() -> client.setACL("/acl", local, 0))
                .isInstanceOf(KeeperException.BadVersionException.class);
        client.setData("/acl", ALICE, -1);
    }

    @Test
    void impossibleListsAreRefused() throws Exception {
        ZooKeeper client = clients.connect();
        List<ACL> unknownScheme = Arrays.asList(new ACL(Perms.ALL, new Id("nosuch", "x")));
        assertThatThrownBy(() -> client.create("/bad", null, unknownScheme, CreateMode.PERSISTENT))
                .isInstanceOf(KeeperException.InvalidACLException.class);
        assertThatThrownBy(() -> client.create("/bad", null, Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT))
                .isInstanceOf(KeeperException.InvalidACLException.class);
        assertThatThrownBy(() -> client.create("/bad", null, Collections.emptyList(), CreateMode.PERSISTENT))
                .isInstanceOf(KeeperException.InvalidACLException.class);
    }

    @Test
    void whoAmINamesEveryIdentity() throws Exception {
        ZooKeeper client = as(ALICE);
        assertThat(client.whoAmI())
                .extracting(ClientInfo::getAuthScheme, ClientInfo::getUser)
                .containsExactlyInAnyOrder(tuple("ip", "127.0.0.1"), tuple("digest", "alice"));
        client.addAuthInfo("digest", BOB);
        assertThat(client.whoAmI())
                .extracting(ClientInfo::getUser)
                .containsExactlyInAnyOrder("127.0.0.1", "alice", "bob");
    }

    @Test
    void anUnknownSchemeFailsTheAuthenticationAndTheClient() throws Exception {
        Events events = new Events();
        ZooKeeper client = clients.connect("", events);
        client.addAuthInfo("nosuch", ALICE);
        events.awaitState(KeeperState.AuthFailed);
        assertThatThrownBy(() -> client.exists("/", false)).isInstanceOf(KeeperException.AuthFailedException.class);
    }

    @Test
    void credentialsAreGivenAgainAfterAReconnect() throws Exception {
        Events events = new Events();
        ZooKeeper alice = clients.connect("", events);
        alice.addAuthInfo("digest", ALICE);
        alice.create("/again", ALICE, Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        Clients.breakSocket(alice);
        events.awaitState(KeeperState.Disconnected);
        events.awaitState(KeeperState.SyncConnected);
        assertThat(alice.getData("/again", false, null)).isEqualTo(ALICE);
    }
}
