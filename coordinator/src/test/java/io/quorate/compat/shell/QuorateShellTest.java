package io.quorate.compat.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our shell on our own server. */
final class QuorateShellTest extends ShellContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    QuorateShellTest() {
        super(SERVER, ShellKind.QUORATE);
    }

    /** ZooKeeper's shell does not survive these. */
    @Test
    void whatIsNoVersionChangesNothing() throws Exception {
        Shell.Ended ended = Shell.piped(
                ShellKind.QUORATE,
                SERVER.connectString(),
                "create /version kept",
                "delete -v 4294967295 /version",
                "set -v 4294967295 /version lost",
                "setAcl -v 4294967295 /version world:anyone:r",
                "get -s /version");
        assertThat(ended.text())
                .contains("not a version, which is a number from -1 (any) to 2147483647: 4294967295")
                .contains("kept\n", "dataVersion = 0\n", "aclVersion = 0\n");
    }
}
