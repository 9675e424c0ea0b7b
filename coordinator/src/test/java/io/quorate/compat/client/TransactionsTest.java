package io.quorate.compat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quorate.compat.CompatServer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.CreateOptions;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.OpResult.ErrorResult;
import org.apache.zookeeper.OpResult.GetChildrenResult;
import org.apache.zookeeper.OpResult.GetDataResult;
import org.apache.zookeeper.OpResult.SetDataResult;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several operations as one, with the stock client: {@code multi}, its builder and its reading form. */
final class TransactionsTest {

    private static final byte[] DATA = "data".getBytes(UTF_8);

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
    void everyKindOfOperationIsPartOfOne() throws Exception {
        List<OpResult> results = client.multi(List.of(
                Op.create("/all", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                Op.create("/all/s-", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL),
                Op.create("/all/container", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER),
                Op.create("/all/ttl", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, 60_000),
                Op.create(
                        "/all/options",
                        DATA,
                        CreateOptions.newBuilder(Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)
                                .build()),
                Op.check("/all", 0),
                Op.setData("/all", DATA, 0),
                Op.delete("/all/container", 0)));
        assertThat(results).hasSize(8);
        assertThat(((OpResult.CreateResult) results.get(1)).getPath()).isEqualTo("/all/s-0000000000");
        assertThat(((SetDataResult) results.get(6)).getStat().getVersion()).isEqualTo(1);
        assertThat(client.getChildren("/all", false)).containsExactlyInAnyOrder("s-0000000000", "ttl", "options");
        long zxid = client.exists("/all", false).getCzxid();
        assertThat(client.exists("/all/ttl", false).getCzxid()).isEqualTo(zxid);
    }

    @Test
    void oneFailureUndoesAllAndTellsWhichOne() throws Exception {
        KeeperException failure = catchThrowableOfType(
                KeeperException.class,
                () -> client.multi(List.of(
                        Op.create("/undone", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                        Op.delete("/none", -1),
                        Op.create("/undone/b", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))));
        assertThat(failure).isInstanceOf(KeeperException.NoNodeException.class);
        assertThat(failure.getResults())
                .extracting(result -> ((ErrorResult) result).getErr())
                .containsExactly(Code.OK.intValue(), Code.NONODE.intValue(), Code.RUNTIMEINCONSISTENCY.intValue());
        assertThat(client.exists("/undone", false)).isNull();
    }

    @Test
    void theBuilderCommitsWhatItCollected() throws Exception {
        List<OpResult> results = client.transaction()
                .create("/built", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)
                .check("/built", 0)
                .setData("/built", DATA, 0)
                .delete("/built", 1)
                .commit();
        assertThat(results).hasSize(4).noneMatch(ErrorResult.class::isInstance);
        assertThat(client.exists("/built", false)).isNull();
        Replies replies = new Replies();
        client.transaction().check("/", 7).commit(replies.results(), null);
        assertThat(replies.next().code()).isEqualTo(Code.BADVERSION);
    }

    @Test
    void readsAreAnsweredOneByOne() throws Exception {
        client.create("/reads", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create("/reads/child", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        List<OpResult> results =
                client.multi(List.of(Op.getData("/reads"), Op.getData("/none"), Op.getChildren("/reads")));
        assertThat(((GetDataResult) results.get(0)).getData()).isEqualTo(DATA);
        assertThat(((ErrorResult) results.get(1)).getErr()).isEqualTo(Code.NONODE.intValue());
        assertThat(((GetChildrenResult) results.get(2)).getChildren()).containsExactly("child");
    }

    @Test
    void nothingAtAllIsATransactionToo() throws Exception {
        assertThat(client.multi(List.of())).isEmpty();
    }

    @Test
    void hundredsOfOperationsFireTheirWatches() throws Exception {
        client.create("/many", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        Events events = new Events();
        client.getChildren("/many", events);
        List<Op> ops = IntStream.range(0, 500)
                .mapToObj(i -> Op.create("/many/" + i, DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))
                .toList();
        assertThat(client.multi(ops)).hasSize(500);
        events.expect(EventType.NodeChildrenChanged, "/many");
        assertThat(events.drain(client)).isEmpty();
        assertThat(client.getAllChildrenNumber("/many")).isEqualTo(500);
    }

    @Test
    void aCheckOfAnotherVersionRefusesTheChange() throws Exception {
        client.create("/guard", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        assertThatThrownBy(() -> client.multi(List.of(Op.check("/guard", 1), Op.delete("/guard", -1))))
                .isInstanceOf(KeeperException.BadVersionException.class);
        assertThat(client.exists("/guard", false)).isNotNull();
    }
}
