package io.quorate.compat.shell;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our shell on our own server. */
final class QuorateShellTest extends ShellContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    QuorateShellTest() {
        super(SERVER, ShellKind.QUORATE);
    }
}
