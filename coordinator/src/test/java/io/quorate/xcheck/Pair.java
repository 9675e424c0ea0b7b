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

    private final Path folder;
    private final ServerProcess reference;
    private final ServerProcess candidate;

    private Pair(Path folder, ServerProcess reference, ServerProcess candidate) {
        this.folder = folder;
        this.reference = reference;
        this.candidate = candidate;
    }

    /** Starts both and returns when both serve. {@code extra} settings go over the common ones. */
    static Pair start(Candidate kind, Map<String, String> extra) {
        Path folder = newFolder();
        ServerProcess reference = ServerProcess.zooKeeper(
                folder.resolve("reference"),
                ServerProcess.freePort(),
                settings(extra),
                NO_CONTAINER_RUNS,
                "-Dzookeeper.forceSync=no");
        try {
            return new Pair(folder, reference, startCandidate(kind, folder.resolve("candidate"), settings(extra)));
        } catch (RuntimeException e) {
            reference.close();
            throw e;
        }
    }

    private static ServerProcess startCandidate(Candidate kind, Path folder, Map<String, String> settings) {
        int port = ServerProcess.freePort();
        return switch (kind) {
            case QUORATE -> ServerProcess.quorate(folder, port, settings, NO_CONTAINER_RUNS);
            case ZOOKEEPER -> ServerProcess.zooKeeper(
                    folder, port, settings, NO_CONTAINER_RUNS, "-Dzookeeper.forceSync=no");
        };
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
                new Side("reference", reference.address(), List::of),
                new Side("candidate", candidate.address(), tamper));
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
