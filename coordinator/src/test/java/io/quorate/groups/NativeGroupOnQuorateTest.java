package io.quorate.groups;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The promises of groups in native mode, on Quorate. */
final class NativeGroupOnQuorateTest extends NativeGroupContract {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    NativeGroupOnQuorateTest() {
        super(SERVER);
    }
}
