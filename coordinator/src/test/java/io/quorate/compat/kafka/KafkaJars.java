package io.quorate.compat.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The class path of some version of Kafka, resolved by Maven from the pom in {@code src/test/peers} and kept in target. */
public final class KafkaJars {

    private static final long RESOLVE_LIMIT_MINUTES = 10;

    private final Path pom;
    private final Path kept;
    private final Path log;

    private KafkaJars(String version) {
        pom = Path.of("src", "test", "peers", "kafka-" + version, "pom.xml");
        kept = Path.of("target", "kafka-" + version + ".classpath");
        log = Path.of("target", "kafka-" + version + ".resolve.out");
    }

    /** Jars, separated as {@code java -cp} wants them. Asks the local repository first, then the network. */
    public static String classPath(String version) throws IOException, InterruptedException {
        return new KafkaJars(version).classPath();
    }

    private String classPath() throws IOException, InterruptedException {
        if (!isCurrent() && !resolve("-o") && !resolve("-U")) {
            throw new IOException("Maven cannot resolve " + pom + "; see " + log);
        }
        return Files.readString(kept).trim();
    }

    private boolean isCurrent() throws IOException {
        return Files.exists(kept)
                && Files.getLastModifiedTime(kept).compareTo(Files.getLastModifiedTime(pom)) > 0
                && Files.exists(Path.of(Files.readString(kept).split(":", 2)[0]));
    }

    private boolean resolve(String mode) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(maven(), "-B", "-q", mode, "-f", pom.toString(), "dependency:build-classpath"));
        Path found = Files.createTempFile(kept.toAbsolutePath().getParent(), "kafka", ".classpath");
        command.add("-Dmdep.outputFile=" + found);
        String repository = System.getProperty("quorate.maven.repository", "");
        if (!repository.isEmpty()) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(RESOLVE_LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return false;
        }
        if (process.exitValue() != 0) {
            return false;
        }
        // At once: another process of tests may be reading it.
        Files.move(found, kept, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static String maven() {
        Path home = Path.of(System.getProperty("quorate.maven.home", ""), "bin", "mvn");
        return Files.isExecutable(home) ? home.toString() : "mvn";
    }
}
