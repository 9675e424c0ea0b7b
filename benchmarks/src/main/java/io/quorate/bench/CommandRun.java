package io.quorate.bench;

import io.quorate.coordinator.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the admin command in a process of its own, which has as little memory as its users may have.
 *
 * @param firstLineNanos from its start to the end of its first line; -1 if there was none
 * @param endNanos from its start to its end
 * @param lines of its standard output
 * @param exitCode 0 if it had an answer
 */
record CommandRun(long firstLineNanos, long endNanos, long lines, int exitCode) {

    private static final String HEAP = "-Xmx512m";
    private static final int MINUTES_MAX = 10;

    /** Runs it to its end, or until it is ended because it has taken ten minutes; what it complains about goes where we complain. */
    static CommandRun of(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // As coordinator/bin/quorate starts it.
        command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-Dquorate.log.target=System.err", "-Dquorate.log.level=warn"));
        command.addAll(ServerKind.opens());
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath(), Main.class.getName()));
        command.addAll(arguments);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.onExit().orTimeout(MINUTES_MAX, TimeUnit.MINUTES).exceptionally(tooLong -> process.destroyForcibly());
        try (BufferedReader output = process.inputReader()) {
            long first = output.readLine() == null ? -1 : System.nanoTime() - start;
            long lines = first < 0 ? 0 : 1 + output.lines().count();
            int exitCode = process.waitFor();
            return new CommandRun(first, System.nanoTime() - start, lines, exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + arguments + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    double firstLineSeconds() {
        return seconds(firstLineNanos);
    }

    double endSeconds() {
        return seconds(endNanos);
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
