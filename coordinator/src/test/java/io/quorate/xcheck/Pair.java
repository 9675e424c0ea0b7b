package io.quorate.xcheck;

import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Owns a reference and a candidate server, both started from nothing with the same settings. */
final class Pair implements AutoCloseable {

    /** Who plays the candidate. */
    enum Candidate {
        QUORATE,
        ZOOKEEPER
    }

    /** Keeps the removal of containers and TTL nodes out of the run: its moment is not in our hands. */
    private static final String NO_CONTAINER_RUNS = "-Dznode.container.checkIntervalMs=86400000";

    /** Often enough that a restart finds snapshots, taken while requests came in. */
    private static final String SNAPSHOT_EVERY = "1000";

    private final Candidate kind;
    private final Path folder;
    private final Map<String, String> settings;
    private final int referencePort = ServerProcess.freePort();
    private final int candidatePort;
    private ServerProcess reference;
    private ServerProcess candidate;

    private Pair(Candidate kind, Path folder, Map<String, String> settings) {
        this.kind = kind;
        this.folder = folder;
        this.settings = settings;
        this.reference = zooKeeper("reference", referencePort);
        this.candidatePort = ServerProcess.freePort();
        this.candidate = startCandidate();
    }

    /** Starts both and returns when both serve. {@code extra} settings go over the common ones. */
    static Pair start(Candidate kind, Map<String, String> extra) {
        Map<String, String> settings = settings(extra);
        settings.put("snapCount", SNAPSHOT_EVERY);
        return new Pair(kind, newFolder(), settings);
    }

    private ServerProcess startCandidate() {
        try {
            return kind == Candidate.QUORATE
                    ? ServerProcess.quorate(folder.resolve("candidate"), candidatePort, settings, NO_CONTAINER_RUNS)
                    : zooKeeper("candidate", candidatePort);
        } catch (RuntimeException e) {
            reference.close();
            throw e;
        }
    }

    private ServerProcess zooKeeper(String name, int port) {
        return ServerProcess.zooKeeper(
                folder.resolve(name), port, settings, NO_CONTAINER_RUNS, "-Dzookeeper.forceSync=no");
    }

    /** Kills both and starts them again on what they have stored. */
    private void restart() {
        reference.kill();
        candidate.kill();
        reference = zooKeeper("reference", referencePort);
        candidate = startCandidate();
    }

    /** The settings every test of this package runs with. */
    static Map<String, String> settings(Map<String, String> extra) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("tickTime", "1000");
        settings.put("maxSessionTimeout", "600000");
        settings.put("maxClientCnxns", "0");
        settings.put("extendedTypesEnabled", "true");
        settings.put("enforceQuota", "true");
        settings.put("DigestAuthenticationProvider.superDigest", Keeper.SUPER_DIGEST);
        settings.putAll(extra);
        return settings;
    }

    /** A folder in memory where there is one: syncing is not what these tests are about. */
    static Path newFolder() {
        Path memory = Path.of("/dev/shm");
        try {
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "quorate-xcheck")
                    : Files.createTempDirectory("quorate-xcheck");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run on both servers; frames from the candidate go through {@code tamper} first. */
    DifferentialRun run(Function<byte[], List<byte[]>> tamper) {
        return new DifferentialRun(
                new Side("reference", reference.address(), List::of, () -> reference.threadDump()),
                new Side("candidate", candidate.address(), tamper, () -> candidate.threadDump()),
                this::restart);
    }

    DifferentialRun run() {
        return run(List::of);
    }

    @Override
    public void close() {
        reference.close();
        candidate.close();
        delete(folder);
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
