package io.quorate.client;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of sessions on ZooKeeper. */
final class SessionOnZooKeeperTest extends SessionContract {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.zooKeeperWithJvm("-Dzookeeper.forceSync=no");

    SessionOnZooKeeperTest() {
        super(SERVER);
    }
}
