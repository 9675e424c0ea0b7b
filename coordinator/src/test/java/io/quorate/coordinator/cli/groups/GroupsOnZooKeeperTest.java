package io.quorate.coordinator.cli.groups;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code quorate groups} on ZooKeeper. */
final class GroupsOnZooKeeperTest extends GroupsContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.zooKeeperWithJvm("-Dzookeeper.forceSync=no");

    GroupsOnZooKeeperTest() {
        super(SERVER);
    }
}
