package io.quorate.coordinator.cli.groups;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code quorate groups} on our own server. */
final class GroupsCommandTest extends GroupsContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    GroupsCommandTest() {
        super(SERVER);
    }
}
