package io.quorate.coordinator.cli.tree;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code quorate tree} on our own server. */
final class TreeCommandTest extends TreeContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    TreeCommandTest() {
        super(SERVER);
    }
}
