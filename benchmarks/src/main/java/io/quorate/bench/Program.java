package io.quorate.bench;

import picocli.CommandLine;

/** How the programs that compare servers begin and end. */
final class Program {

    private Program() {}

    /**
     * Runs a command. Its launcher may give defaults as options, which those behind them override.
     *
     * @throws IllegalStateException if it fails, so that the process ends with exit code 1
     */
    static void run(Object command, String... args) {
        int exitCode = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .execute(args);
        if (exitCode != 0) {
            throw new IllegalStateException("exit code " + exitCode);
        }
    }
}
