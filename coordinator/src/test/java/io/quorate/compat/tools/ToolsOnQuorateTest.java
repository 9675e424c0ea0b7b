package io.quorate.compat.tools;

import io.quorate.compat.CompatServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command beside Kafka's tools, on our own server. */
final class ToolsOnQuorateTest extends ToolsContract {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    ToolsOnQuorateTest() {
        super(SERVER);
    }
}
