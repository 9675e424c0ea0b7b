package io.quorate.xcheck;

import io.quorate.harness.ServerProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Owns the one server that the scripts of a test class talk to: Quorate, or the reference with
 * {@code -Dquorate.xcheck.reference=true}, which shows that a script is right.
 */
final class ScriptedServer implements BeforeAllCallback, AfterAllCallback {

    private static final boolean REFERENCE = Boolean.getBoolean("quorate.xcheck.reference");

    private Path folder;
    private ServerProcess server;

    @Override
    public void beforeAll(ExtensionContext context) {
        folder = Pair.newFolder();
        int port = ServerProcess.freePort();
        server = REFERENCE
                ? ServerProcess.zooKeeper(folder, port, Pair.settings(Map.of()), "-Dzookeeper.forceSync=no")
                : ServerProcess.quorate(folder, port, Pair.settings(Map.of()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
        Pair.delete(folder);
    }

    ServerProcess process() {
        return server;
    }

    /** A new session. */
    ScriptedClient connect() {
        return ScriptedClient.connected(server.address());
    }

    /** A new session with a handshake of its own. */
    ScriptedClient connect(Handshake handshake) {
        return ScriptedClient.greeting(server.address(), handshake);
    }

    /** A connection on which nothing was said. */
    ScriptedClient open() {
        return ScriptedClient.silent(server.address());
    }

    static boolean isReference() {
        return REFERENCE;
    }
}
