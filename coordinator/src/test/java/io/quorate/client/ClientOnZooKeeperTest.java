package io.quorate.client;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client's promises on ZooKeeper. */
final class ClientOnZooKeeperTest extends ClientContract {
    @RegisterExtension
    static final CompatServer SERVER =
            CompatServer.zooKeeperWithJvm("-Dzookeeper.extendedTypesEnabled=true", "-Dzookeeper.forceSync=no");

    ClientOnZooKeeperTest() {
        super(SERVER);
    }
}
