package io.quorate.compat.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The class path of a Kafka broker, resolved by Maven from the pom in {@code src/test/peers} and kept in target. */
final class KafkaJars {

    private static final Path POM = Path.of("src", "test", "peers", "kafka-3.9.1", "pom.xml");
    private static final Path KEPT = Path.of("target", "kafka-3.9.1.classpath");
    private static final long RESOLVE_LIMIT_MINUTES = 10;

    private KafkaJars() {}

    /** Jars, separated as {@code java -cp} wants them. Asks the local repository first, then the network. */
    static String classPath() throws IOException, InterruptedException {
        if (!isCurrent() && !resolve("-o") && !resolve("-U")) {
            throw new IOException("Maven cannot resolve " + POM + "; see " + log());
        }
        return Files.readString(KEPT).trim();
    }

    private static boolean isCurrent() throws IOException {
        return Files.exists(KEPT)
                && Files.getLastModifiedTime(KEPT).compareTo(Files.getLastModifiedTime(POM)) > 0
                && Files.exists(Path.of(Files.readString(KEPT).split(":", 2)[0]));
    }

    private static boolean resolve(String mode) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(maven(), "-B", "-q", mode, "-f", POM.toString(), "dependency:build-classpath"));
        command.add("-Dmdep.outputFile=" + KEPT.toAbsolutePath());
        String repository = System.getProperty("quorate.maven.repository", "");
        if (!repository.isEmpty()) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        if (!process.waitFor(RESOLVE_LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private static String maven() {
        Path home = Path.of(System.getProperty("quorate.maven.home", ""), "bin", "mvn");
        return Files.isExecutable(home) ? home.toString() : "mvn";
    }

    private static Path log() {
        return Path.of("target", "kafka-3.9.1.resolve.out");
    }
}
