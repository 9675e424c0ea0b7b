package io.quorate.compat.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A consumer of Kafka 0.8 or 0.10, the kind that keeps its group in the tree, in a process of its own. */
public final class OldConsumer implements AutoCloseable {
    /**
     * What it is told.
     *
     * @param topics a name or an expression
     * @param strategy {@code range} or {@code roundrobin}, as all others in its group
     * @param tries to get its share before it gives up
     * @param backoffMillis between two of them
     * @param sessionMillis timeout of its session
     */
    public record Settings(String topics, String strategy, int tries, int backoffMillis, int sessionMillis) {
        /** One that waits for longer than sessions last: whoever may hold its share. */
        public static Settings patient(String topics) {
            return new Settings(topics, "range", 20, 1_000, 10_000);
        }

        /** One that is told nothing (consumer-groups A10). */
        public static Settings defaults(String topics) {
            return new Settings(topics, "range", 4, 2_000, 6_000);
        }

        /** The same with another strategy. */
        public Settings with(String other) {
            return new Settings(topics, other, tries, backoffMillis, sessionMillis);
        }
    }

    private static final String STAMP = "yyyy-MM-dd HH:mm:ss,SSS";
    private static final Pattern DATED = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} ");

    private final Process process;
    private final Settings settings;
    private final Path output;

    private OldConsumer(Process process, Settings settings, Path output) {
        this.process = process;
        this.settings = settings;
        this.output = output;
    }

    /**
     * Starts one.
     *
     * @param classPath of its version of Kafka
     * @param output where it prints; files beside it hold what it is told
     */
    public static OldConsumer start(String classPath, String servers, String group, Settings settings, Path output)
            throws IOException {
        Path config = Files.writeString(
                output.resolveSibling(output.getFileName() + ".properties"),
                String.join(
                        "\n",
                        "group.id=" + group,
                        "zookeeper.connect=" + servers,
                        "zookeeper.session.timeout.ms=" + settings.sessionMillis(),
                        "zookeeper.connection.timeout.ms=60000",
                        "partition.assignment.strategy=" + settings.strategy(),
                        "rebalance.backoff.ms=" + settings.backoffMillis(),
                        "rebalance.max.retries=" + settings.tries()));
        List<String> arguments = List.of(
                "--zookeeper", servers, "--whitelist", settings.topics(), "--consumer.config", config.toString());
        return new OldConsumer(launch(classPath, "kafka.tools.ConsoleConsumer", arguments, output), settings, output);
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

    /** What it was told. */
    public Settings settings() {
        return settings;
    }

    /** Everything it printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When it gave up trying to get its share, in milliseconds since 1970. */
    public List<Long> gaveUpMillis() {
        List<Long> times = new ArrayList<>();
        LocalDateTime now = LocalDateTime.MIN;
        for (String line : output().lines().toList()) {
            if (DATED.matcher(line).find()) {
                now = LocalDateTime.parse(line.substring(0, STAMP.length()), DateTimeFormatter.ofPattern(STAMP));
            }
            if (line.contains("ConsumerRebalanceFailedException: ")) {
                times.add(now.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli());
            }
        }
        return times;
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
