package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process of the demo, which is this program again.
 *
 * @param name its kind, and which of them: {@code broker 2}
 * @param process whose input ends it when it is closed
 * @param log what it prints, and what those before it of the same name printed
 */
record Part(String name, Process process, Path log) {

    private static final String MAIN = "io.quorate.coordinator.Main";
    private static final long PATIENCE_SECONDS = 10;
    private static final int LINES_SHOWN = 10;

    /** Starts it with the same JVM, options and classes as this process; {@code words} are those behind {@code demo}. */
    static Part start(String name, Path folder, List<String> words) throws AdminException {
        Path log = folder.resolve(name.replace(' ', '-') + ".log");
        try {
            Process process = new ProcessBuilder(command(words))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            return new Part(name, process, log);
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    private static List<String> command(List<String> words) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        runtime.getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xm") && !option.startsWith("-agent") && !option.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx96m", "-XX:TieredStopAtLevel=1"));
        String classPath = runtime.getClassPath();
        // The options of the JVM in the manifest count only with -jar.
        boolean isJar = classPath.endsWith(".jar") && classPath.indexOf(File.pathSeparatorChar) < 0;
        command.addAll(isJar ? List.of("-jar", classPath) : List.of("-cp", classPath, MAIN));
        command.add("demo");
        command.addAll(words);
        return command;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it does, for people. */
    String state() {
        if (isAlive()) {
            return "%-10s pid %d".formatted(name, process.pid());
        }
        int code = process.exitValue();
        return "%-10s has ended%s"
                .formatted(name, code > 128 ? ", killed by signal " + (code - 128) : ", code " + code);
    }

    /** The end of what it printed. */
    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Ends it as a crash does: nothing is said to anybody. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks it to end; {@link #awaitEnd} waits for that. */
    void askToEnd() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // its input is broken, so it has ended or must be told otherwise
        }
    }

    /** Waits for its end, and kills it if that takes too long. */
    void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
