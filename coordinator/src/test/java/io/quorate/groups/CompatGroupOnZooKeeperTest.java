package io.quorate.groups;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The promises of groups in compat mode, on ZooKeeper. */
final class CompatGroupOnZooKeeperTest extends CompatGroupContract {
    @RegisterExtension
    static final CompatServer SERVER =
            CompatServer.zooKeeperWithJvm("-Dzookeeper.extendedTypesEnabled=true", "-Dzookeeper.forceSync=no");

    CompatGroupOnZooKeeperTest() {
        super(SERVER);
    }
}
