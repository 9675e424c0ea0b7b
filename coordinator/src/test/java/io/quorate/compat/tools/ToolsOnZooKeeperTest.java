package io.quorate.compat.tools;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command beside Kafka's tools, on ZooKeeper. */
@EnabledIfSystemProperty(
        named = "quorate.tools.zookeeper",
        matches = "true",
        disabledReason = "starts a second cluster of brokers; profile long does")
final class ToolsOnZooKeeperTest extends ToolsContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.zooKeeperWithJvm("-Dzookeeper.forceSync=no");

    ToolsOnZooKeeperTest() {
        super(SERVER);
    }
}
