package io.quorate.coordinator.cli.shell;

/**
 * One command of the shell.
 *
 * @param synopsis what its arguments are
 * @param options as {@link Arguments#parse} wants them
 * @param words how many there must be at least
 * @param offline whether it needs no session
 */
record ShellEntry(String name, String synopsis, String options, int words, boolean offline, Action action) {

    /** What a command does. */
    @FunctionalInterface
    interface Action {
        /** Does it, and prints the answer. Throws what the client throws, too. */
        void run(Arguments arguments, ShellSession session) throws ShellFailure;
    }

    /** A command that needs a session. */
    static ShellEntry of(String name, String synopsis, String options, int words, Action action) {
        return new ShellEntry(name, synopsis, options, words, false, action);
    }

    /** One that does not. */
    static ShellEntry offline(String name, String synopsis, int words, Action action) {
        return new ShellEntry(name, synopsis, "", words, true, action);
    }

    /** The line that explains it. */
    String usage() {
        return name + " " + synopsis;
    }
}
