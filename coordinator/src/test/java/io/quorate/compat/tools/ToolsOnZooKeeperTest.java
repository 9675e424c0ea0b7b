package io.quorate.compat.tools;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command beside Kafka's tools, on ZooKeeper. */
final class ToolsOnZooKeeperTest extends ToolsContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.zooKeeperWithJvm("-Dzookeeper.forceSync=no");

    ToolsOnZooKeeperTest() {
        super(SERVER);
    }
}
