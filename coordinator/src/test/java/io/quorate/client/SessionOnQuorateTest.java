package io.quorate.client;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of sessions on our own server. */
final class SessionOnQuorateTest extends SessionContract {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    SessionOnQuorateTest() {
        super(SERVER);
    }
}
