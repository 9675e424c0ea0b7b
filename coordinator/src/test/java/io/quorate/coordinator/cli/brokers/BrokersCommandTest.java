package io.quorate.coordinator.cli.brokers;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands about brokers and topics on our own server. */
final class BrokersCommandTest extends BrokersContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    BrokersCommandTest() {
        super(SERVER);
    }
}
