package io.quorate.coordinator.cli;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people and programs read, on our own server. */
final class TableAndJsonOnQuorateTest extends TableAndJsonContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    TableAndJsonOnQuorateTest() {
        super(SERVER);
    }
}
