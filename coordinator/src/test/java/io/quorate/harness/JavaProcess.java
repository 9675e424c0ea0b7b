package io.quorate.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of ours, or of these tests, in a JVM of its own on the class path of this one. Not thread-safe. */
public final class JavaProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one, and does not wait for anything.
     *
     * @param output where what it prints is appended
     * @param jvm options of its JVM
     */
    public static JavaProcess start(Class<?> main, List<String> arguments, Path output, String... jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("quorate.opens", "").trim().split(" +", -1)));
        command.addAll(List.of(jvm));
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.removeIf(String::isEmpty);
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new JavaProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of this JVM. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Sends a signal, by its name without SIG, and waits until it is sent. */
    public static void signal(Process process, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** True while there is a process, even if it stands still. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it printed so far, and what others printed to the same file. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGSTOP: the process stands still, its connections stay open. */
    public void suspend() {
        signal(process, "STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    public void resume() {
        signal(process, "CONT");
    }

    /** SIGTERM, and nothing else: its standard input stays open, the end of which would end some programs at once. Does not wait. */
    public void terminate() {
        signal(process, "TERM");
    }

    /** kill -9, and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Waits for the end, but not for ever; whether there was one. */
    public boolean awaitEnd() {
        try {
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
