package io.quorate.compat.client;

import io.quorate.compat.CompatServer;
import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The stock clients that one test opens; all are closed when it ends. Used by the test's thread only. */
final class Clients implements AfterEachCallback {

    static final int LONG_TIMEOUT_MILLIS = 30_000;
    static final int SHORT_TIMEOUT_MILLIS = 1_000;

    private final Supplier<String> servers;
    private final List<ZooKeeper> open = new ArrayList<>();
    private String chosen;

    /** Clients of one member for each test, so that each sees at once what another was told. */
    Clients(CompatServer server) {
        this(server::connectStringOfOne);
    }

    private Clients(Supplier<String> servers) {
        this.servers = servers;
    }

    /** Clients that know all members, and go to another when theirs is gone. */
    static Clients ofAllMembers(CompatServer server) {
        return new Clients(server::connectString);
    }

    private String connectString() {
        if (chosen == null) {
            chosen = servers.get();
        }
        return chosen;
    }

    /** A connected client with a long session. */
    ZooKeeper connect() throws IOException, InterruptedException {
        return connect("", new Events());
    }

    /** A connected client below {@code chroot} ("" for none) whose default watcher is {@code events}. */
    ZooKeeper connect(String chroot, Events events) throws IOException, InterruptedException {
        return connected(new ZooKeeper(connectString() + chroot, LONG_TIMEOUT_MILLIS, events), events);
    }

    /** A connected client with the shortest session the server grants. */
    ZooKeeper connectBriefly(Events events) throws IOException, InterruptedException {
        return connected(new ZooKeeper(connectString(), SHORT_TIMEOUT_MILLIS, events), events);
    }

    /** A second client for a session that another one opened. */
    ZooKeeper resume(long session, byte[] password, Events events) throws IOException, InterruptedException {
        return connected(new ZooKeeper(connectString(), LONG_TIMEOUT_MILLIS, events, session, password), events);
    }

    /** A client that is not waited for. */
    ZooKeeper keep(ZooKeeper client) {
        open.add(client);
        return client;
    }

    /** Leads a client to a port where nobody listens until its server list is changed back; its session stays open. */
    static void cutOff(ZooKeeper client) throws IOException {
        client.updateServerList("127.0.0.1:" + ServerProcess.freePort());
        wake(client);
    }

    /** Closes a client's socket below it; the client connects again by itself. */
    static void breakSocket(ZooKeeper client) throws IOException {
        client.getTestable().closeSocket();
        wake(client);
    }

    /** The client's sending thread notices a socket closed by others only when it has something to send. */
    private static void wake(ZooKeeper client) {
        client.exists("/", false, (rc, path, context, stat) -> {}, null);
    }

    private ZooKeeper connected(ZooKeeper client, Events events) throws IOException, InterruptedException {
        keep(client);
        events.expect(EventType.None, null, KeeperState.SyncConnected);
        try {
            // In an ensemble its server may lag behind what other clients of the test were told.
            client.sync("/");
        } catch (KeeperException e) {
            throw new IOException(e);
        }
        return client;
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        for (ZooKeeper client : open) {
            client.close();
        }
        open.clear();
        chosen = null;
    }
}
