package io.quorate.client;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client's promises on our own server. */
final class ClientOnQuorateTest extends ClientContract {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    ClientOnQuorateTest() {
        super(SERVER);
    }
}
