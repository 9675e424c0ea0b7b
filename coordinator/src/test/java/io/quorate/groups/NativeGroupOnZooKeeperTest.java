package io.quorate.groups;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The promises of groups in native mode, on ZooKeeper. */
final class NativeGroupOnZooKeeperTest extends NativeGroupContract {
    @RegisterExtension
    static final CompatServer SERVER =
            CompatServer.zooKeeperWithJvm("-Dzookeeper.extendedTypesEnabled=true", "-Dzookeeper.forceSync=no");

    NativeGroupOnZooKeeperTest() {
        super(SERVER);
    }
}
