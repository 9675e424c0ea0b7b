package io.quorate.xcheck;

import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
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
    private final InetSocketAddress candidate;
    private final AutoCloseable candidateServer;

    private Pair(Path folder, ServerProcess reference, InetSocketAddress candidate, AutoCloseable candidateServer) {
        this.folder = folder;
        this.reference = reference;
        this.candidate = candidate;
        this.candidateServer = candidateServer;
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
            return startCandidate(kind, folder, reference, settings(extra));
        } catch (Exception e) {
            reference.close();
            throw new IllegalStateException(e);
        }
    }

    private static Pair startCandidate(
            Candidate kind, Path folder, ServerProcess reference, Map<String, String> settings) throws Exception {
        int port = ServerProcess.freePort();
        Path own = folder.resolve("candidate");
        ServerProcess server = kind == Candidate.QUORATE
                ? ServerProcess.quorate(own, port, settings, NO_CONTAINER_RUNS)
                : ServerProcess.zooKeeper(own, port, settings, NO_CONTAINER_RUNS, "-Dzookeeper.forceSync=no");
        return new Pair(folder, reference, server.address(), server);
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
                new Side("reference", reference.address(), List::of), new Side("candidate", candidate, tamper));
    }

    DifferentialRun run() {
        return run(List::of);
    }

    @Override
    public void close() {
        reference.close();
        try {
            candidateServer.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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
