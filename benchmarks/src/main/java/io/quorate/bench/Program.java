package io.quorate.bench;

import picocli.CommandLine;

/** How programs begin and end. */
final class Program {

    private Program() {}

    /**
     * Runs a command that compares servers. Its launcher may give defaults as options, which those behind them override.
     *
     * @throws IllegalStateException if it fails, so that the process ends with exit code 1
     */
    static void run(Object command, String... args) {
        run(
                new CommandLine(command)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setOverwrittenOptionsAllowed(true),
                args);
    }

    /**
     * Runs a command that reads its options as it says itself.
     *
     * @throws IllegalStateException if it fails, so that the process ends with exit code 1
     */
    static void run(CommandLine command, String... args) {
        int exitCode = command.execute(args);
        if (exitCode != 0) {
            throw new IllegalStateException("exit code " + exitCode);
        }
    }
}
