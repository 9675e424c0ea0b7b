package io.quorate.compat.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/** The command line tools of one version of Kafka, in a process of their own. Used by one thread. */
public final class Tools implements AutoCloseable {

    private static final String LOGGING =
            """
            log4j.rootLogger=WARN, err
            log4j.appender.err=org.apache.log4j.ConsoleAppender
            log4j.appender.err.target=System.err
            log4j.appender.err.layout=org.apache.log4j.PatternLayout
            log4j.appender.err.layout.ConversionPattern=%p %c{1} %m%n
            """;

    private static final long LIMIT_MILLIS = 180_000;

    private final String version;
    private final Timer watchdog = new Timer("tools", true);
    private final Process process;
    private final DataOutputStream orders;
    private final DataInputStream answers;

    /** How a tool ended, and what it printed. */
    public record Said(int code, String out, String err) {
        /** What it printed, which must have been without failure. */
        public String good() {
            if (code != 0) {
                throw new AssertionError("code " + code + ": " + err + out);
            }
            return out;
        }
    }

    private Tools(String version, Process process) {
        this.version = version;
        this.process = process;
        this.orders = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
    }

    /** Those of that version; files that begin like {@code output} hold what they need. */
    public static Tools start(String version, Path output) throws IOException, InterruptedException {
        Path logging = Files.writeString(output.resolveSibling(output.getFileName() + ".log4j"), LOGGING);
        Path ours = Path.of(ToolHost.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.security.manager=allow",
                "-Dlog4j.configuration=" + logging.toUri(),
                "-cp",
                KafkaJars.classPath(version) + ":" + ours,
                ToolHost.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(output.toFile()).start();
        return new Tools(version, process);
    }

    /** Runs the main method of a class, and waits for its end. */
    public Said run(String main, String... words) {
        TimerTask end = new TimerTask() {
            @Override
            public void run() {
                process.destroyForcibly();
            }
        };
        watchdog.schedule(end, LIMIT_MILLIS);
        try {
            orders.writeUTF(main);
            orders.writeInt(words.length);
            for (String word : words) {
                orders.writeUTF(word);
            }
            orders.flush();
            return new Said(answers.readInt(), text(), text());
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka " + version + ": " + main + " did not come back", e);
        } finally {
            end.cancel();
        }
    }

    private String text() throws IOException {
        return new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        watchdog.cancel();
        process.destroyForcibly();
    }
}
