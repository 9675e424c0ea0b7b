package io.quorate.coordinator.cli.brokers;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands about brokers and topics on ZooKeeper. */
final class BrokersOnZooKeeperTest extends BrokersContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.zooKeeperWithJvm("-Dzookeeper.forceSync=no");

    BrokersOnZooKeeperTest() {
        super(SERVER);
    }
}
