package io.quorate.brokers;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The registry's promises on ZooKeeper. */
final class RegistryOnZooKeeperTest extends RegistryContract {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.zooKeeperWithJvm("-Dzookeeper.forceSync=no");

    RegistryOnZooKeeperTest() {
        super(SERVER);
    }
}
