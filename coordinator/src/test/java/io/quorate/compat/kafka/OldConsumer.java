package io.quorate.compat.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A consumer of Kafka 0.8 or 0.10, the kind that keeps its group in the tree, in a process of its own. */
public final class OldConsumer implements AutoCloseable {
    /** That of its session. */
    public static final int SESSION_MILLIS = 10_000;

    private final Process process;
    private final Path output;

    private OldConsumer(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one.
     *
     * @param classPath of its version of Kafka
     * @param output where it prints; files beside it hold what it is told
     */
    public static OldConsumer start(String classPath, String servers, String group, String topic, Path output)
            throws IOException {
        Path config = Files.writeString(
                output.resolveSibling(output.getFileName() + ".properties"),
                String.join(
                        "\n",
                        "group.id=" + group,
                        "zookeeper.connect=" + servers,
                        "zookeeper.session.timeout.ms=" + SESSION_MILLIS,
                        "zookeeper.connection.timeout.ms=60000",
                        "rebalance.backoff.ms=1000",
                        "rebalance.max.retries=20"));
        List<String> arguments =
                List.of("--zookeeper", servers, "--topic", topic, "--consumer.config", config.toString());
        return new OldConsumer(launch(classPath, "kafka.tools.ConsoleConsumer", arguments, output), output);
    }

    private static Process launch(String classPath, String main, List<String> arguments, Path output)
            throws IOException {
        Path logging = Files.writeString(
                output.resolveSibling(output.getFileName() + ".log4j"),
                String.join(
                        "\n",
                        "log4j.rootLogger=WARN, stdout",
                        "log4j.logger.kafka.consumer.ZookeeperConsumerConnector=INFO",
                        "log4j.appender.stdout=org.apache.log4j.ConsoleAppender",
                        "log4j.appender.stdout.layout=org.apache.log4j.PatternLayout",
                        "log4j.appender.stdout.layout.ConversionPattern=%d %p %m%n"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j.configuration=" + logging.toUri(),
                "-cp",
                classPath,
                main));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Everything it printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a process. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM: it leaves the group and ends. */
    public void leave() {
        process.destroy();
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
