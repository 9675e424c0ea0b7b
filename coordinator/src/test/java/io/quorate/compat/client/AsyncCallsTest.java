package io.quorate.compat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.compat.client.Replies.Reply;
import java.util.List;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every asynchronous call of the stock client, once with an answer and once with an error. */
final class AsyncCallsTest {

    private static final byte[] DATA = "data".getBytes(UTF_8);

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Clients clients = new Clients(SERVER);

    private final Replies replies = new Replies();
    private final Events events = new Events();
    private ZooKeeper client;

    @BeforeEach
    void connect() throws Exception {
        client = clients.connect("", events);
        if (client.exists("/node", false) == null) {
            client.create("/node", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
    }

    private Reply refused(Code code) {
        Reply reply = replies.next();
        assertThat(reply.code()).isEqualTo(code);
        return reply;
    }

    @Test
    void createInItsThreeForms() {
        client.create("/c1-", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL, replies.name(), "ctx");
        Reply first = replies.nextOk();
        assertThat(first.path()).isEqualTo("/c1-");
        assertThat(first.context()).isEqualTo("ctx");
        assertThat((String) first.value()).matches("/c1-\\d{10}");
        client.create("/c2", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL, replies.nameAndStat(), null);
        assertThat(replies.nextOk().stat().getEphemeralOwner()).isEqualTo(client.getSessionId());
        client.create(
                "/c3", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, replies.nameAndStat(), null, 60_000);
        assertThat(replies.nextOk().value()).isEqualTo("/c3");
        client.create("/node", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, replies.name(), null);
        assertThat(refused(Code.NODEEXISTS).path()).isEqualTo("/node");
    }

    @Test
    void existsGetDataAndSetData() {
        client.exists("/node", false, replies.stat(), null);
        Stat stat = replies.nextOk().stat();
        client.getData("/node", false, replies.data(), null);
        Reply read = replies.nextOk();
        assertThat((byte[]) read.value()).isEqualTo(DATA);
        assertThat(read.stat()).isEqualTo(stat);
        client.setData("/node", DATA, stat.getVersion(), replies.stat(), null);
        assertThat(replies.nextOk().stat().getVersion()).isEqualTo(stat.getVersion() + 1);
        client.setData("/node", DATA, stat.getVersion(), replies.stat(), null);
        refused(Code.BADVERSION);
        client.exists("/none", false, replies.stat(), null);
        refused(Code.NONODE);
        client.getData("/none", false, replies.data(), null);
        refused(Code.NONODE);
    }

    @Test
    void watchesSetByAsynchronousReadsFire() throws Exception {
        Events data = new Events();
        Events children = new Events();
        Events created = new Events();
        client.getData("/node", data, replies.data(), null);
        client.getChildren("/node", children, replies.childrenAndStat(), null);
        client.exists("/node/child", created, replies.stat(), null);
        replies.nextOk();
        replies.nextOk();
        refused(Code.NONODE);
        client.setData("/node", DATA, -1);
        client.create("/node/child", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        data.expect(EventType.NodeDataChanged, "/node");
        children.expect(EventType.NodeChildrenChanged, "/node");
        created.expect(EventType.NodeCreated, "/node/child");
    }

    @Test
    void getChildrenInItsFormsAndTheirNumber() throws Exception {
        client.create("/node/kid", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        client.getChildren("/node", false, replies.children(), null);
        assertThat(replies.nextOk().value()).isEqualTo(List.of("kid"));
        client.getChildren("/node", false, replies.childrenAndStat(), null);
        assertThat(replies.nextOk().stat().getNumChildren()).isEqualTo(1);
        client.getAllChildrenNumber("/node", replies.number(), null);
        assertThat(replies.nextOk().value()).isEqualTo(1);
        client.getChildren("/none", false, replies.children(), null);
        refused(Code.NONODE);
        client.getChildren("/none", false, replies.childrenAndStat(), null);
        refused(Code.NONODE);
    }

    @Test
    void aclsEphemeralsAndConfiguration() throws Exception {
        client.getACL("/node", new Stat(), replies.acl(), null);
        Reply acl = replies.nextOk();
        assertThat(acl.value()).isEqualTo(Ids.OPEN_ACL_UNSAFE);
        client.setACL("/node", Ids.OPEN_ACL_UNSAFE, acl.stat().getAversion(), replies.stat(), null);
        assertThat(replies.nextOk().stat().getAversion()).isEqualTo(acl.stat().getAversion() + 1);
        client.setACL("/none", Ids.OPEN_ACL_UNSAFE, -1, replies.stat(), null);
        refused(Code.NONODE);
        client.create("/eph-a", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        client.create("/eph-b", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        client.getEphemerals(replies.ephemerals(), null);
        assertThat((List<?>) replies.nextOk().value()).hasSize(2);
        client.getEphemerals("/eph-a", replies.ephemerals(), null);
        assertThat(replies.nextOk().value()).isEqualTo(List.of("/eph-a"));
        client.getConfig(false, replies.data(), null);
        assertThat(replies.nextOk().path()).isEqualTo("/zookeeper/config");
    }

    @Test
    void deleteAndSync() throws Exception {
        client.create("/gone", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.delete("/gone", 3, replies.plain(), null);
        refused(Code.BADVERSION);
        client.delete("/gone", 0, replies.plain(), null);
        replies.nextOk();
        client.delete("/gone", 0, replies.plain(), null);
        refused(Code.NONODE);
        client.sync("/", replies.plain(), "sync");
        assertThat(replies.nextOk().context()).isEqualTo("sync");
    }

    @Test
    void multiSucceedsAsAWholeOrNotAtAll() throws Exception {
        Op create = Op.create("/multi", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        client.multi(List.of(create, Op.check("/none", 0)), replies.results(), null);
        Reply failed = refused(Code.NONODE);
        assertThat((List<?>) failed.value()).allMatch(OpResult.ErrorResult.class::isInstance);
        assertThat(client.exists("/multi", false)).isNull();
        client.multi(List.of(create, Op.setData("/multi", DATA, 0)), replies.results(), null);
        assertThat((List<?>) replies.nextOk().value()).hasSize(2);
        client.multi(List.of(Op.getData("/multi"), Op.getChildren("/")), replies.results(), null);
        assertThat((List<?>) replies.nextOk().value()).hasSize(2);
    }

    @Test
    void watchesAreAddedAndRemoved() throws Exception {
        Events mine = new Events();
        client.addWatch("/node", mine, AddWatchMode.PERSISTENT, replies.plain(), null);
        replies.nextOk();
        client.addWatch("/", AddWatchMode.PERSISTENT_RECURSIVE, replies.plain(), null);
        replies.nextOk();
        client.setData("/node", DATA, -1);
        mine.expect(EventType.NodeDataChanged, "/node");
        events.expect(EventType.NodeDataChanged, "/node");
        client.removeWatches("/node", mine, WatcherType.Any, false, replies.plain(), null);
        replies.nextOk();
        mine.expect(EventType.PersistentWatchRemoved, "/node");
        client.removeAllWatches("/", WatcherType.Any, false, replies.plain(), null);
        replies.nextOk();
        events.expect(EventType.PersistentWatchRemoved, "/");
        client.removeAllWatches("/", WatcherType.Any, false, replies.plain(), null);
        refused(Code.NOWATCHER);
        client.setData("/node", DATA, -1);
        assertThat(events.drain(client)).isEmpty();
        assertThat(mine.drain(client)).isEmpty();
    }

    @Test
    void repliesKeepTheOrderOfTheCalls() {
        for (int i = 0; i < 500; i++) {
            if (i % 3 == 0) {
                client.setData("/node", DATA, -1, replies.stat(), i);
            } else {
                client.getData("/node", false, replies.data(), i);
            }
        }
        for (int i = 0; i < 500; i++) {
            assertThat(replies.nextOk().context()).isEqualTo(i);
        }
    }
}
