package io.quorate.coordinator.cli;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people and programs read, on ZooKeeper. */
final class TableAndJsonOnZooKeeperTest extends TableAndJsonContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.zooKeeperWithJvm("-Dzookeeper.forceSync=no");

    TableAndJsonOnZooKeeperTest() {
        super(SERVER);
    }
}
