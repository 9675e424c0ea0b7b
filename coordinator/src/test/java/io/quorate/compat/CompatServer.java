package io.quorate.compat;

import io.quorate.ensemble.EnsembleProcesses;
import io.quorate.harness.Folders;
import io.quorate.harness.ServerKind;
import io.quorate.harness.ServerProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test class aims at, started before its first test and killed after its last: one server process, or with
 * {@code -Dquorate.compat.members=3} an ensemble of so many. Folders and ports stay over {@link #restart()}, so clients find it
 * again; in an ensemble it is the leader that this happens to. Not thread-safe.
 */
public final class CompatServer implements BeforeAllCallback, AfterAllCallback {

    private static final ServerKind KIND = ServerKind.named("quorate.compat.server", ServerKind.QUORATE);
    private static final int MEMBERS = Integer.getInteger("quorate.compat.members", 1);

    private final ServerKind kind;
    private final String[] jvm;
    private final Map<String, String> settings = new HashMap<>();
    private Path folder;
    private int port;
    private ServerProcess process;
    private EnsembleProcesses ensemble;

    private CompatServer(ServerKind kind, String... jvm) {
        this.kind = kind;
        this.jvm = jvm.clone();
        settings.put("tickTime", "500");
        settings.put("maxSessionTimeout", "60000");
        settings.put("extendedTypesEnabled", "true");
        settings.put("maxClientCnxns", "0");
    }

    /** A server with ticks of 500 ms, all four-letter words and TTL nodes; {@code jvm} are options of its JVM. */
    public static CompatServer withJvm(String... jvm) {
        return new CompatServer(KIND, jvm);
    }

    /** The same with ZooKeeper as the server, whatever the other tests aim at. */
    public static CompatServer zooKeeperWithJvm(String... jvm) {
        return new CompatServer(ServerKind.ZOOKEEPER, jvm);
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

    /** Starts with an empty folder {@code target/compat/<name>}, on free ports. */
    public void start(String name) {
        folder = Folders.empty("compat", name);
        port = ServerProcess.freePort();
        if (MEMBERS > 1) {
            ensemble = EnsembleProcesses.of("compat-" + name, MEMBERS, kind).withJvm(jvm);
            settings.forEach(ensemble::with);
        }
        launch();
    }

    private void launch() {
        if (ensemble == null) {
            process = ServerProcess.start(kind, folder, port, settings, jvm);
        } else {
            ensemble.start();
        }
    }

    /** kill -9. */
    public void kill() {
        process().kill();
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

    /** Ends the processes, if there are any. */
    public void close() {
        if (process != null) {
            process.close();
        }
        if (ensemble != null) {
            ensemble.close();
        }
    }

    /** {@code host:port}, of all members. */
    public String connectString() {
        return ensemble == null ? "127.0.0.1:" + port : ensemble.connectString();
    }

    /** The same of one member, another one each time; of the only server, if there is one only. */
    public String connectStringOfOne() {
        List<String> all = List.of(connectString().split(",", -1));
        return all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    /** Whether a session has its connection to {@link #process()}. */
    public boolean serves(long session) {
        return process().fourLetterWord("cons").contains("sid=0x" + Long.toHexString(session) + ",");
    }

    /** A place for what a test class keeps beside the server. */
    public Path folder() {
        return folder;
    }

    /** The running process; in an ensemble that of the leader. */
    public ServerProcess process() {
        return ensemble == null ? process : ensemble.leader().process();
    }
}
