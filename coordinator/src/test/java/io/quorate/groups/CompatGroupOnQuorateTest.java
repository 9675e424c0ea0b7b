package io.quorate.groups;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The promises of groups in compat mode, on Quorate. */
final class CompatGroupOnQuorateTest extends CompatGroupContract {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    CompatGroupOnQuorateTest() {
        super(SERVER);
    }
}
