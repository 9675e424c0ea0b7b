package io.quorate.compat.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.harness.JavaProcess;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A shell as a child process that is typed at. Output and errors come as one text; an answer is what stands
 * before the next prompt. Used by one thread; a second one only reads.
 */
final class Shell implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** The end of a shell that was given its command as arguments. */
    record Ended(int code, String text) {}

    private final Process process;
    private final Writer keyboard;
    private final StringBuffer screen = new StringBuffer();
    private volatile boolean ended;
    private int commands;
    private int answerStart;

    private Shell(Process process) {
        this.process = process;
        this.keyboard = process.outputWriter(UTF_8);
        new Thread(this::read, "shell").start();
    }

    /** Starts a shell and waits until it is connected and asks for a command. */
    static Shell open(ShellKind kind, String connectString) throws IOException {
        Shell shell = new Shell(launch(kind, connectString, List.of()));
        shell.awaitPrompt();
        return shell;
    }

    /** Runs one command given as arguments and waits for the end of the process. */
    static Ended once(ShellKind kind, String connectString, String... command)
            throws IOException, InterruptedException {
        return end(launch(kind, connectString, List.of(command)));
    }

    /** Gives commands as a pipe does, without waiting for answers, and waits for the end of the process. */
    static Ended piped(ShellKind kind, String connectString, String... commands)
            throws IOException, InterruptedException {
        Process process = launch(kind, connectString, List.of());
        try (Writer pipe = process.outputWriter(UTF_8)) {
            pipe.write(String.join("\n", commands) + "\n");
        }
        return end(process);
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return new Ended(process.exitValue(), text);
    }

    private static Process launch(ShellKind kind, String connectString, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("quorate.opens").trim().split(" +", -1)));
        command.addAll(
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", JavaProcess.classPath()));
        command.addAll(kind.main());
        command.addAll(List.of("-timeout", "60000", "-waitforconnection", "-server", connectString));
        command.addAll(words);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void read() {
        char[] some = new char[8192];
        try (Reader reader = new InputStreamReader(process.getInputStream(), UTF_8)) {
            for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
                screen.append(some, 0, count);
            }
        } catch (IOException e) {
            screen.append(e);
        }
        ended = true;
    }

    /** Types a command and returns what the shell prints before it asks for the next one. */
    String run(String command) {
        answerStart = screen.length();
        type(command);
        commands++;
        return awaitPrompt();
    }

    /** Types a command after which the shell ends; returns its exit code. */
    int runLast(String command) throws InterruptedException {
        type(command);
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the shell did not end after " + command + ":\n" + screen);
        }
        return process.exitValue();
    }

    private void type(String command) {
        try {
            keyboard.write(command + "\n");
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String awaitPrompt() {
        Matcher prompt = awaitMatch("\\[zk: [^]]*\\(\\w+\\) " + commands + "] ");
        return screen.substring(answerStart, prompt.start()).strip();
    }

    /** Waits until the shell has shown a watch event since the last command was typed, before or after its answer. */
    void awaitEvent(String type, String path) {
        awaitMatch("WatchedEvent state:SyncConnected type:" + type + " path:" + Pattern.quote(path) + " ");
    }

    private Matcher awaitMatch(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return Awaitility.await("shell shows " + pattern)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            boolean isComplete = ended;
                            Matcher matcher = compiled.matcher(screen.toString());
                            if (matcher.find(answerStart)) {
                                return matcher;
                            }
                            if (isComplete) {
                                throw new IllegalStateException("the shell has ended:\n" + screen);
                            }
                            return null;
                        },
                        matcher -> matcher != null);
    }

    /** Everything shown so far. */
    String screen() {
        return screen.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
