package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import io.quorate.wire.client.AddWatchMode;
import io.quorate.wire.client.Children;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.Created;
import io.quorate.wire.client.MultiOutcome;
import io.quorate.wire.client.NodeData;
import io.quorate.wire.client.NodeStat;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.client.ReadOp;
import io.quorate.wire.client.SyncClient;
import io.quorate.wire.client.WatcherType;
import io.quorate.wire.client.WriteOp;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ClientInfo;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the client promises over a connection that holds, on any server. */
abstract class ClientContract extends ClientFixture {
    ClientContract(CompatServer server) {
        super(server);
    }

    @Test
    void nodesAreCreatedReadChangedAndDeleted() {
        SyncClient client = client().sync();
        String root = fresh(client, "/nodes");
        Created created = client.create(root + "/a", bytes("one"), CreateMode.PERSISTENT);
        assertThat(created.path()).isEqualTo("/nodes/a");
        assertThat(created.stat().czxid()).isEqualTo(created.zxid()).isPositive();

        NodeData data = client.getData("/nodes/a");
        assertThat(data.data()).asString().isEqualTo("one");
        assertThat(data.stat()).isEqualTo(created.stat());

        NodeStat changed = client.setData("/nodes/a", bytes("three"), 0);
        assertThat(changed.stat().version()).isEqualTo(1);
        assertThat(changed.stat().mzxid()).isEqualTo(changed.zxid()).isGreaterThan(created.zxid());
        assertThat(client.exists("/nodes/a").stat()).isEqualTo(changed.stat());

        client.create("/nodes/a/b", null, CreateMode.PERSISTENT);
        assertThat(client.getData("/nodes/a/b").data()).isNull();
        Children children = client.getChildren("/nodes");
        assertThat(children.names()).containsExactly("a");
        assertThat(children.stat().numChildren()).isEqualTo(1);
        assertThat(client.getAllChildrenNumber("/nodes")).isEqualTo(2);

        client.delete("/nodes/a/b", -1);
        assertThat(client.delete("/nodes/a", 1)).isGreaterThan(changed.zxid());
        assertThat(client.exists("/nodes/a").exists()).isFalse();
        assertThat(client.sync("/nodes")).isGreaterThan(changed.zxid());
    }

    @Test
    void everyKindOfNodeCanBeCreated() {
        CoordinatorClient async = client();
        SyncClient client = async.sync();
        fresh(client, "/modes");
        long session = client.awaitConnected().id();
        assertThat(client.create("/modes/e", null, CreateMode.EPHEMERAL).stat().ephemeralOwner())
                .isEqualTo(session);
        assertThat(client.create("/modes/s-", null, CreateMode.PERSISTENT_SEQUENTIAL)
                        .path())
                .isEqualTo("/modes/s-0000000001");
        assertThat(client.create("/modes/x-", null, CreateMode.EPHEMERAL_SEQUENTIAL)
                        .path())
                .isEqualTo("/modes/x-0000000002");
        assertThat(client.create("/modes/c", null, CreateMode.CONTAINER).path()).isEqualTo("/modes/c");
        assertThat(client.createTtl("/modes/t", null, Acl.OPEN_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, 600_000)
                        .path())
                .isEqualTo("/modes/t");
        assertThat(client.createTtl(
                                "/modes/u-", null, Acl.OPEN_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, 600_000)
                        .path())
                .isEqualTo("/modes/u-0000000005");
        assertThat(client.getEphemerals("/")).containsExactlyInAnyOrder("/modes/e", "/modes/x-0000000002");
        assertThat(client.getEphemerals("/modes/x")).containsExactly("/modes/x-0000000002");
    }

    @Test
    void anErrorHasTheTypeThatCallersTellApart() {
        SyncClient client = client().sync();
        fresh(client, "/errors");
        client.create("/errors/a", null, CreateMode.PERSISTENT);
        client.create("/errors/a/b", null, CreateMode.PERSISTENT);
        assertThatThrownBy(() -> client.getData("/errors/none")).isInstanceOf(CoordinatorException.NoNode.class);
        assertThatThrownBy(() -> client.create("/errors/a", null, CreateMode.PERSISTENT))
                .isInstanceOf(CoordinatorException.NodeExists.class);
        assertThatThrownBy(() -> client.setData("/errors/a", null, 5))
                .isInstanceOf(CoordinatorException.BadVersion.class);
        assertThatThrownBy(() -> client.delete("/errors/a", -1)).isInstanceOf(CoordinatorException.NotEmpty.class);
        assertThatThrownBy(() -> client.create("/errors/./x", null, CreateMode.PERSISTENT))
                .isInstanceOfSatisfying(CoordinatorException.class, failure -> assertThat(failure.error())
                        .isIn(ErrorCode.NO_NODE, ErrorCode.BAD_ARGUMENTS));
        assertThatThrownBy(() -> client.getData("no-slash"))
                .isInstanceOfSatisfying(CoordinatorException.class, failure -> assertThat(failure.error())
                        .isEqualTo(ErrorCode.BAD_ARGUMENTS));
        assertThatThrownBy(() -> client.setData("/errors/a", new byte[1 << 20], -1))
                .hasMessageContaining("at most 1048575");
        assertThatThrownBy(() -> client.reconfig(null, "9", null, -1))
                .isInstanceOfSatisfying(CoordinatorException.class, failure -> assertThat(failure.error())
                        .isEqualTo(ErrorCode.RECONFIG_DISABLED));
        assertThat(client.getConfig().data()).as("of a server on its own").isNotNull();
    }

    @Test
    void aPipelineIsExecutedAndAnsweredInOrder() {
        CoordinatorClient client = client();
        fresh(client.sync(), "/pipeline");
        int requests = 3_000;
        List<Integer> answered = new ArrayList<>();
        List<CompletableFuture<Void>> all = IntStream.range(0, requests)
                .mapToObj(i -> client.setData("/pipeline", bytes("" + i), i).thenAccept(changed -> {
                    assertThat(changed.stat().version()).isEqualTo(i + 1);
                    answered.add(i);
                }))
                .toList();
        CompletableFuture<NodeData> read = client.getData("/pipeline");
        all.forEach(CompletableFuture::join);
        assertThat(answered).isSorted().hasSize(requests);
        assertThat(read.join().data()).asString().isEqualTo("" + (requests - 1));
        assertThat(read.join().stat().version()).isEqualTo(requests);
    }

    @Test
    void aMultiHappensAsAWholeOrNotAtAll() {
        SyncClient client = client().sync();
        fresh(client, "/multi");
        MultiOutcome outcome = client.multi(List.of(
                WriteOp.create("/multi/a", bytes("1"), CreateMode.PERSISTENT),
                WriteOp.create("/multi/s-", null, CreateMode.PERSISTENT_SEQUENTIAL),
                WriteOp.setData("/multi/a", bytes("22"), 0),
                WriteOp.check("/multi/a", 1),
                WriteOp.create("/multi/gone", null, CreateMode.EPHEMERAL),
                WriteOp.delete("/multi/gone", -1)));
        assertThat(outcome.results()).allMatch(OpResult::isOk).hasSize(6);
        assertThat(outcome.results().get(1).path()).isEqualTo("/multi/s-0000000001");
        assertThat(outcome.results().get(2).stat().mzxid()).isEqualTo(outcome.zxid());

        assertThatThrownBy(() -> client.multi(List.of(
                        WriteOp.setData("/multi/a", bytes("333"), -1),
                        WriteOp.delete("/multi/none", -1),
                        WriteOp.delete("/multi/a", -1))))
                .isInstanceOfSatisfying(CoordinatorException.MultiFailed.class, failed -> {
                    assertThat(failed.error()).isEqualTo(ErrorCode.NO_NODE);
                    assertThat(failed.path()).isEqualTo("/multi/none");
                    assertThat(failed.index()).isEqualTo(1);
                });
        assertThat(client.getData("/multi/a").data()).asString().isEqualTo("22");
        assertThat(client.multi(List.of()).results()).isEmpty();
    }

    @Test
    void aMultiReadMayBeLargerThanAnyRequest() {
        SyncClient client = client().sync();
        fresh(client, "/large");
        byte[] data = new byte[500_000];
        data[499_999] = 7;
        client.create("/large/a", data, CreateMode.PERSISTENT);
        List<ReadOp> reads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reads.add(ReadOp.getData("/large/a"));
        }
        reads.add(ReadOp.getData("/large/none"));
        reads.add(ReadOp.getChildren("/large"));
        List<OpResult> results = client.multiRead(reads).results();
        assertThat(results).hasSize(12);
        assertThat(results.subList(0, 10))
                .allSatisfy(result -> assertThat(result.data()).isEqualTo(data));
        assertThat(results.get(10).error()).isEqualTo(ErrorCode.NO_NODE);
        assertThat(results.get(11).children()).containsExactly("a");
    }

    @Test
    void pathsAreThoseBelowTheChroot() {
        SyncClient outside = client().sync();
        fresh(outside, "/chroot");
        Told told = new Told();
        CoordinatorClient inside = open(builder(server().connectString() + "/chroot"));
        SyncClient client = inside.sync();
        assertThat(client.getChildren("/", told).names()).isEmpty();
        assertThat(client.exists("/a", told).exists()).isFalse();
        client.addWatch("/", AddWatchMode.PERSISTENT_RECURSIVE, told);
        MultiOutcome outcome = client.multi(List.of(
                WriteOp.create("/a", null, CreateMode.EPHEMERAL),
                WriteOp.create("/", null, CreateMode.PERSISTENT_SEQUENTIAL)));
        assertThat(outcome.results()).extracting(OpResult::path).containsExactly("/a", "/0000000001");
        told.expect("NODE_CREATED /a", "NODE_CHILDREN_CHANGED /", "NODE_CREATED /0000000001");
        assertThat(outside.getChildren("/chroot").names()).containsExactlyInAnyOrder("a", "0000000001");
        outside.create("/chrooted", null, CreateMode.EPHEMERAL);
        outside.setData("/chroot", bytes("root"), -1);
        told.expect("NODE_DATA_CHANGED /");
        assertThat(client.getData("/").data()).asString().isEqualTo("root");
        assertThat(client.getEphemerals("/")).containsExactly("/a");
        assertThat(client.getConfig().data()).isEqualTo(outside.getConfig().data());
        assertThatThrownBy(() -> client.delete("/none", -1)).hasMessage("NO_NODE for /none");
    }

    @Test
    void anEventComesBeforeTheReplyThatShowsTheChange() {
        CoordinatorClient client = client();
        fresh(client.sync(), "/order");
        Told told = new Told();
        List<CompletableFuture<Void>> replies = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int turn = i;
            replies.add(client.getData("/order", event -> told.add("event " + turn))
                    .thenAccept(data -> told.add("read " + data.stat().version())));
            replies.add(client.setData("/order", null, -1)
                    .thenAccept(changed -> told.add("written " + changed.stat().version())));
        }
        replies.forEach(CompletableFuture::join);
        for (int i = 0; i < 200; i++) {
            told.expect("read " + i, "event " + i, "written " + (i + 1));
        }
    }

    @Test
    void aPersistentWatchStaysUntilItIsRemoved() {
        SyncClient other = client().sync();
        fresh(other, "/persistent");
        SyncClient client = client().sync();
        Told node = new Told();
        Told tree = new Told();
        client.addWatch("/persistent", AddWatchMode.PERSISTENT, node);
        client.addWatch("/persistent", AddWatchMode.PERSISTENT_RECURSIVE, tree);
        for (int i = 0; i < 3; i++) {
            other.create("/persistent/a", null, CreateMode.PERSISTENT);
            other.create("/persistent/a/b", null, CreateMode.PERSISTENT);
            other.setData("/persistent/a/b", null, -1);
            other.delete("/persistent/a/b", -1);
            other.delete("/persistent/a", -1);
            tree.expect(
                    "NODE_CREATED /persistent/a",
                    "NODE_CREATED /persistent/a/b",
                    "NODE_DATA_CHANGED /persistent/a/b",
                    "NODE_DELETED /persistent/a/b",
                    "NODE_DELETED /persistent/a");
            node.expect("NODE_CHILDREN_CHANGED /persistent", "NODE_CHILDREN_CHANGED /persistent");
        }
        client.removeWatches("/persistent", WatcherType.PERSISTENT, node);
        node.expect("PERSISTENT_WATCH_REMOVED /persistent");
        other.setData("/persistent", null, -1);
        client.sync("/");
        tree.expect("NODE_DATA_CHANGED /persistent");
        client.removeWatches("/persistent", WatcherType.ANY);
        tree.expect("PERSISTENT_WATCH_REMOVED /persistent");
        other.setData("/persistent", null, -1);
        client.sync("/");
        client.getData("/persistent");
        assertThat(tree.drain()).isEmpty();
        assertThat(node.drain()).isEmpty();
        assertThatThrownBy(() -> client.removeWatches("/persistent", WatcherType.ANY))
                .isInstanceOfSatisfying(CoordinatorException.class, failure -> assertThat(failure.error())
                        .isEqualTo(ErrorCode.NO_WATCHER));
    }

    @Test
    void oneWatcherCanGoWhileAnotherStays() {
        SyncClient client = client().sync();
        fresh(client, "/two");
        Told first = new Told();
        Told second = new Told();
        client.addWatch("/two", AddWatchMode.PERSISTENT, first);
        client.addWatch("/two", AddWatchMode.PERSISTENT, second);
        client.removeWatches("/two", WatcherType.PERSISTENT, first);
        client.setData("/two", null, -1);
        first.expect("PERSISTENT_WATCH_REMOVED /two");
        second.expect("NODE_DATA_CHANGED /two");
        assertThat(first.drain()).isEmpty();
    }

    @Test
    void identitiesOpenWhatIsClosedToOthers() {
        CoordinatorClient stranger = client();
        fresh(stranger.sync(), "/acl");
        SyncClient owner = open(builder(server().connectString()).auth("digest", bytes("ann:secret")))
                .sync();
        List<Acl> creator = List.of(new Acl(Acl.ALL, new Identity("auth", "")));
        owner.create("/acl/mine", bytes("x"), creator, CreateMode.PERSISTENT);
        assertThat(owner.whoAmI()).contains(new ClientInfo("digest", "ann"));
        assertThatThrownBy(() -> stranger.sync().getData("/acl/mine")).isInstanceOf(CoordinatorException.NoAuth.class);
        stranger.sync().addAuth("digest", bytes("ann:secret"));
        assertThat(stranger.sync().getData("/acl/mine").data()).asString().isEqualTo("x");
        NodeStat opened = owner.setAcl("/acl/mine", Acl.OPEN_UNSAFE, 0);
        assertThat(opened.stat().aversion()).isEqualTo(1);
        assertThat(client().sync().getAcl("/acl/mine").acl()).isEqualTo(Acl.OPEN_UNSAFE);
    }

    @Test
    void refusedCredentialsEndTheClient() {
        Told told = new Told();
        CoordinatorClient client = open(builder(server().connectString()).listener(told));
        told.await("CONNECTED");
        assertThatThrownBy(() -> client.sync().addAuth("no-such-scheme", bytes("x")))
                .isInstanceOf(CoordinatorException.AuthFailed.class);
        told.expect("AUTH_FAILED");
        assertThatThrownBy(() -> client.sync().exists("/")).isInstanceOf(CoordinatorException.AuthFailed.class);
    }

    @Test
    void whatWaitsInACallbackWouldWaitForever() {
        CoordinatorClient client = client();
        assertThatThrownBy(() -> client.exists("/")
                        .thenApply(stat -> client.sync().exists("/"))
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(client.exists("/")
                        .thenCompose(stat -> client.getChildren("/"))
                        .join()
                        .names())
                .contains("zookeeper");
    }
}
