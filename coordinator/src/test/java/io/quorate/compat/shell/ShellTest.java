package io.quorate.compat.shell;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ZooKeeper's shell on our own server. */
final class ShellTest extends ShellContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    ShellTest() {
        super(SERVER, ShellKind.ZOOKEEPER);
    }
}
