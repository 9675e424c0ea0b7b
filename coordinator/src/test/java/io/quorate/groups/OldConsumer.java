package io.quorate.groups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A consumer of Kafka 0.10.2.2, the kind that keeps its group in the tree, in a process of its own. */
final class OldConsumer implements AutoCloseable {
    private final Process process;
    private final Path output;

    private OldConsumer(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static OldConsumer start(String classPath, String servers, String group, String topic, Path output)
            throws IOException {
        Path logging = output.resolveSibling(output.getFileName() + ".log4j");
        Files.writeString(
                logging,
                String.join(
                        "\n",
                        "log4j.rootLogger=WARN, stdout",
                        "log4j.logger.kafka.consumer.ZookeeperConsumerConnector=INFO",
                        "log4j.appender.stdout=org.apache.log4j.ConsoleAppender",
                        "log4j.appender.stdout.layout=org.apache.log4j.PatternLayout",
                        "log4j.appender.stdout.layout.ConversionPattern=%d %p %m%n"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dlog4j.configuration=" + logging.toUri(),
                "-cp",
                classPath,
                "kafka.tools.ConsoleConsumer",
                "--zookeeper",
                servers,
                "--topic",
                topic));
        for (String each : List.of(
                "group.id=" + group,
                "zookeeper.session.timeout.ms=10000",
                "zookeeper.connection.timeout.ms=60000",
                "rebalance.backoff.ms=1000",
                "rebalance.max.retries=20")) {
            command.add("--consumer-property");
            command.add(each);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new OldConsumer(process, output);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
