package io.quorate.compat.shell;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our shell on ZooKeeper. */
final class QuorateShellOnZooKeeperTest extends ShellContract {

    @RegisterExtension
    static final CompatServer SERVER =
            CompatServer.zooKeeperWithJvm("-Dzookeeper.extendedTypesEnabled=true", "-Dzookeeper.forceSync=no");

    QuorateShellOnZooKeeperTest() {
        super(SERVER, ShellKind.QUORATE);
    }
}
