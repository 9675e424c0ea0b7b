package io.quorate.brokers;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The registry's promises on our own server. */
final class RegistryOnQuorateTest extends RegistryContract {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    RegistryOnQuorateTest() {
        super(SERVER);
    }
}
