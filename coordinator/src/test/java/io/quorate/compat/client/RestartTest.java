package io.quorate.compat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.compat.client.Replies.Reply;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The server, in an ensemble the leader, is killed and started again on its folder under the stock client: what was acknowledged is
 * there.
 */
final class RestartTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Clients clients = Clients.ofAllMembers(SERVER);

    private final Events connection = new Events();

    private void restart(ZooKeeper client) {
        boolean loses = SERVER.serves(client.getSessionId());
        SERVER.restart();
        if (loses) {
            connection.awaitState(KeeperState.Disconnected);
            connection.awaitState(KeeperState.SyncConnected);
        } else {
            awaitAnswers(client);
        }
    }

    /** A client of another member may have been kept, or have lost its connection with the leader. */
    private static void awaitAnswers(ZooKeeper client) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(KeeperException.ConnectionLossException.class)
                .until(() -> client.exists("/", false) != null);
    }

    @Test
    void sessionEphemeralsNodesAndWatchesSurvive() throws Exception {
        ZooKeeper client = clients.connect("", connection);
        client.addAuthInfo("digest", "u:p".getBytes(UTF_8));
        long session = client.getSessionId();
        Stat stat = new Stat();
        client.create("/kept", "v".getBytes(UTF_8), Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT, stat);
        client.create("/e", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        client.create("/names", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create("/names/s-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
        Events data = new Events();
        Events recursive = new Events();
        client.getData("/kept", data, null);
        client.addWatch("/kept", recursive, AddWatchMode.PERSISTENT_RECURSIVE);
        restart(client);
        assertThat(client.getSessionId()).isEqualTo(session);
        assertThat(client.getEphemerals()).containsExactly("/e");
        Stat after = new Stat();
        assertThat(client.getData("/kept", false, after)).isEqualTo("v".getBytes(UTF_8));
        assertThat(after).isEqualTo(stat);
        assertThat(client.create("/names/s-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL))
                .isEqualTo("/names/s-0000000001");
        assertThat(client.setData("/kept", null, 0).getMzxid()).isGreaterThan(stat.getMzxid());
        data.expectInTheEnd(EventType.NodeDataChanged, "/kept");
        recursive.expectInTheEnd(EventType.NodeDataChanged, "/kept");
    }

    @Test
    void everyAcknowledgedWriteOfABurstSurvives() throws Exception {
        ZooKeeper client = clients.connect("", connection);
        client.create("/burst", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        Replies replies = new Replies();
        int sent = 5_000;
        for (int i = 0; i < sent; i++) {
            client.create("/burst/" + i, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, replies.name(), i);
        }
        for (int i = 0; i < sent / 10; i++) {
            replies.nextOk();
        }
        restart(client);
        int acknowledged = sent / 10;
        for (int i = sent / 10; i < sent; i++) {
            Reply reply = replies.next();
            assertThat(reply.code()).isIn(Code.OK, Code.CONNECTIONLOSS);
            acknowledged += reply.code() == Code.OK ? 1 : 0;
        }
        assertThat(client.getChildren("/burst", false))
                .containsAll(IntStream.range(0, acknowledged)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void aSessionThatNobodyKeepsExpiresAfterTheRestart() throws Exception {
        ZooKeeper brief = clients.connectBriefly(new Events());
        brief.create("/brief", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        ZooKeeper watching = clients.connect("", connection);
        SERVER.kill();
        Clients.cutOff(brief);
        SERVER.startAgain();
        awaitAnswers(watching);
        Events deletion = new Events();
        if (watching.exists("/brief", deletion) != null) {
            deletion.expectInTheEnd(EventType.NodeDeleted, "/brief");
        }
        assertThat(watching.exists("/brief", false)).isNull();
    }
}
