package io.quorate.compat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of a session with the stock client: negotiated, kept, moved, expired and closed, and its ephemerals. */
final class SessionsTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Clients clients = new Clients(SERVER);

    private final Events events = new Events();

    @Test
    void ephemeralsAreListedAndDieWithTheSession() throws Exception {
        ZooKeeper owner = clients.connect();
        ZooKeeper other = clients.connect();
        owner.create("/close-a", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        owner.create("/close-b", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        assertThat(owner.getEphemerals()).containsExactlyInAnyOrder("/close-a", "/close-b");
        assertThat(owner.getEphemerals("/close-b")).containsExactly("/close-b");
        assertThat(other.getEphemerals()).isEmpty();
        other.exists("/close-a", events);
        owner.close();
        events.expect(EventType.NodeDeleted, "/close-a");
        assertThat(other.exists("/close-b", false)).isNull();
        assertThatThrownBy(() -> owner.exists("/", false)).isInstanceOf(KeeperException.SessionExpiredException.class);
    }

    @Test
    void theTimeoutIsNegotiatedBetweenTheBounds() throws Exception {
        ZooKeeper client = clients.keep(new ZooKeeper(SERVER.connectString(), 500, events));
        events.expect(EventType.None, null);
        assertThat(client.getSessionTimeout()).isEqualTo(1_000);
        Events longEvents = new Events();
        ZooKeeper patient = clients.keep(new ZooKeeper(SERVER.connectString(), 10_000_000, longEvents));
        longEvents.expect(EventType.None, null);
        assertThat(patient.getSessionTimeout()).isEqualTo(60_000);
    }

    @Test
    void anIdleClientKeepsAShortSession() throws Exception {
        ZooKeeper client = clients.connectBriefly(events);
        client.create("/idle", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        ZooKeeper gone = clients.connectBriefly(new Events());
        gone.create("/gone", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        Events deletion = new Events();
        client.exists("/gone", deletion);
        Clients.cutOff(gone);
        deletion.expect(EventType.NodeDeleted, "/gone");
        assertThat(client.exists("/idle", false).getEphemeralOwner()).isEqualTo(client.getSessionId());
        assertThat(events.drain(client)).isEmpty();
    }

    @Test
    void anAbsentClientLosesItsSession() throws Exception {
        ZooKeeper absent = clients.connectBriefly(events);
        ZooKeeper other = clients.connect();
        absent.create("/absent", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        Events deletion = new Events();
        other.exists("/absent", deletion);
        Clients.cutOff(absent);
        events.awaitState(KeeperState.Disconnected);
        deletion.expect(EventType.NodeDeleted, "/absent");
        absent.updateServerList(SERVER.connectString());
        events.awaitState(KeeperState.Expired);
        assertThatThrownBy(() -> absent.exists("/", false)).isInstanceOf(KeeperException.SessionExpiredException.class);
        assertThat(absent.getState().isAlive()).isFalse();
    }

    @Test
    void aClientWhoseSocketBreaksKeepsItsSession() throws Exception {
        ZooKeeper client = clients.connect("", events);
        long session = client.getSessionId();
        client.create("/broken", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        Clients.breakSocket(client);
        events.awaitState(KeeperState.Disconnected);
        events.awaitState(KeeperState.SyncConnected);
        assertThat(client.getSessionId()).isEqualTo(session);
        assertThat(client.getEphemerals()).containsExactly("/broken");
    }

    @Test
    void aSessionMovesToAnotherClient() throws Exception {
        ZooKeeper first = clients.connect("", events);
        first.create("/moving", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        Clients.cutOff(first);
        events.awaitState(KeeperState.Disconnected);
        ZooKeeper second = clients.resume(first.getSessionId(), first.getSessionPasswd(), new Events());
        assertThat(second.getSessionId()).isEqualTo(first.getSessionId());
        assertThat(second.getEphemerals()).containsExactly("/moving");
        second.close();
        first.updateServerList(SERVER.connectString());
        events.awaitState(KeeperState.Expired);
        assertThat(clients.connect().exists("/moving", false)).isNull();
    }

    @Test
    void aSessionTakenWhileItsClientIsConnectedDisconnectsThatClient() throws Exception {
        ZooKeeper first = clients.connect("", events);
        clients.resume(first.getSessionId(), first.getSessionPasswd(), new Events());
        // If it was taken through another member of an ensemble, its first member learns of it when it asks the leader.
        first.sync("/", (rc, path, context) -> {}, null);
        events.expect(EventType.None, null, KeeperState.Disconnected);
    }

    @Test
    void aWrongPasswordDoesNotResumeASession() throws Exception {
        ZooKeeper first = clients.connect();
        first.create("/stolen", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        Events thief = new Events();
        clients.keep(new ZooKeeper(SERVER.connectString(), 30_000, thief, first.getSessionId(), new byte[16]));
        thief.expect(EventType.None, null, KeeperState.Expired);
        assertThat(clients.connect().exists("/stolen", false).getEphemeralOwner())
                .isEqualTo(first.getSessionId());
    }

    @Test
    void aChrootHidesWhatIsAboveIt() throws Exception {
        ZooKeeper outside = clients.connect();
        outside.create("/jail", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        ZooKeeper inside = clients.connect("/jail", events);
        assertThat(inside.create("/a", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL))
                .isEqualTo("/a");
        assertThat(outside.exists("/jail/a", false)).isNotNull();
        assertThat(inside.getChildren("/", true)).containsExactly("a");
        assertThat(inside.getEphemerals("/")).isNotEmpty();
        outside.create("/jail/b", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        events.expect(EventType.NodeChildrenChanged, "/");
        assertThat(inside.getAllChildrenNumber("/")).isEqualTo(2);
    }
}
