package io.quorate.compat;

import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The one server process that a test class aims at, started before its first test and killed after its last. It keeps
 * folder and port over {@link #restart()}, so clients find it again. Not thread-safe.
 */
public final class CompatServer implements BeforeAllCallback, AfterAllCallback {

    private static final boolean AGAINST_ZOOKEEPER =
            System.getProperty("quorate.compat.server", "quorate").equals("zookeeper");

    private final String[] jvm;
    private final Map<String, String> settings = new HashMap<>();
    private Path folder;
    private int port;
    private ServerProcess process;

    private CompatServer(String... jvm) {
        this.jvm = jvm.clone();
        settings.put("tickTime", "500");
        settings.put("maxSessionTimeout", "60000");
        settings.put("extendedTypesEnabled", "true");
        settings.put("maxClientCnxns", "0");
    }

    /** A server with ticks of 500 ms, all four-letter words and TTL nodes; {@code jvm} are options of its JVM. */
    public static CompatServer withJvm(String... jvm) {
        return new CompatServer(jvm);
    }

    /** Adds one {@code zoo.cfg} key; to be called before the first test. */
    public CompatServer with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start(context.getRequiredTestClass().getSimpleName());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** Starts with an empty folder {@code target/compat/<name>}, on a free port. */
    public void start(String name) {
        folder = Path.of("target", "compat", name).toAbsolutePath();
        deleteAll(folder);
        port = ServerProcess.freePort();
        launch();
    }

    private void launch() {
        process = AGAINST_ZOOKEEPER
                ? ServerProcess.zooKeeper(folder, port, settings, jvm)
                : ServerProcess.quorate(folder, port, settings, jvm);
    }

    /** kill -9. */
    public void kill() {
        process.kill();
    }

    /** kill -9, then a new process on the same folder and port; returns when it serves. */
    public void restart() {
        kill();
        launch();
    }

    /** Starts the server again after {@link #kill()}. */
    public void startAgain() {
        launch();
    }

    /** Ends the process, if there is one. */
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    /** {@code host:port}. */
    public String connectString() {
        return "127.0.0.1:" + port;
    }

    /** The running process. */
    public ServerProcess process() {
        return process;
    }

    private static void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
