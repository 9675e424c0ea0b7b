package io.quorate.compat.kafka;

import io.quorate.harness.JavaProcess;
import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One Kafka broker in a process of its own, in ZooKeeper mode, with folder and port kept over a restart. Not thread-safe. */
public final class Broker {

    /** How long the coordinator waits for a dead broker. Longer than a restart of the coordinator takes to be noticed. */
    static final int SESSION_MILLIS = 6_000;

    private static final String LOGGING =
            """
            log4j.rootLogger=WARN, out
            log4j.logger.kafka.zookeeper=INFO
            log4j.logger.kafka.server.KafkaServer=INFO
            log4j.appender.out=org.apache.log4j.ConsoleAppender
            log4j.appender.out.layout=org.apache.log4j.PatternLayout
            log4j.appender.out.layout.ConversionPattern=%d %p %c{1} %m%n
            """;

    private final int id;
    private final int port = ServerProcess.freePort();
    private final Path folder;
    private final String coordinator;
    private final Map<String, String> settings = new TreeMap<>();
    private Process process;

    /** A broker that is not started yet; {@code coordinator} is its {@code zookeeper.connect}. */
    public Broker(int id, Path folder, String coordinator) {
        this.id = id;
        this.folder = folder;
        this.coordinator = coordinator;
    }

    /** Adds a setting, or has it be another one; to be called before {@link #start}. */
    public Broker with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Starts the process and does not wait for it to serve. */
    public void start(String classPath) {
        try {
            Files.createDirectories(folder);
            Path logging = Files.writeString(folder.resolve("log4j.properties"), LOGGING);
            Path config = Files.writeString(folder.resolve("server.properties"), properties());
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlog4j.configuration=" + logging.toUri(),
                    "-cp",
                    classPath,
                    "kafka.Kafka",
                    config.toString());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("broker.out").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String properties() {
        Map<String, String> all = new TreeMap<>();
        all.put("broker.id", Integer.toString(id));
        all.put("listeners", "PLAINTEXT://" + address());
        all.put("log.dirs", folder.resolve("log").toString());
        all.put("zookeeper.connect", coordinator);
        all.put("zookeeper.session.timeout.ms", Integer.toString(SESSION_MILLIS));
        all.put("zookeeper.connection.timeout.ms", "60000");
        all.put("offsets.topic.num.partitions", "2");
        all.put("offsets.topic.replication.factor", "2");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("num.network.threads", "1");
        all.put("num.io.threads", "2");
        all.put("log.cleaner.dedupe.buffer.size", "4194304");
        all.put("replica.lag.time.max.ms", "5000");
        all.putAll(settings);
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** Its {@code broker.id}. */
    public int id() {
        return id;
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Whether there is a process. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGSTOP: the process stands still, its connections stay open. */
    public void suspend() {
        JavaProcess.signal(process, "STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    public void resume() {
        JavaProcess.signal(process, "CONT");
    }

    /** kill -9, and waits for the end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** SIGTERM, and waits for the end: it hands over what it leads and closes its session. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("broker " + id + " does not stop");
        }
    }

    /** Kills the process, if there is one. */
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
