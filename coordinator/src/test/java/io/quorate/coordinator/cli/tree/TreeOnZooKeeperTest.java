package io.quorate.coordinator.cli.tree;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code quorate tree} on ZooKeeper. */
final class TreeOnZooKeeperTest extends TreeContract {

    @RegisterExtension
    static final CompatServer SERVER =
            CompatServer.zooKeeperWithJvm("-Dzookeeper.extendedTypesEnabled=true", "-Dzookeeper.forceSync=no");

    TreeOnZooKeeperTest() {
        super(SERVER);
    }
}
