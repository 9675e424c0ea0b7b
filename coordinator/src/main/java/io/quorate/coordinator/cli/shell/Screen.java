package io.quorate.coordinator.cli.shell;

/** Where the shell reads lines from and prints to. Printing is allowed to every thread, reading to one. */
interface Screen extends AutoCloseable {

    /** Asks for the next line; null at the end of the input. */
    String ask(String prompt);

    /** Prints one line of an answer. */
    void print(String line);

    /** Prints what nobody has asked for, such as an event, soon; the caller, who may be the one that brings answers, does not wait. */
    void announce(String line);

    /** Prints one line about a failure. */
    void printError(String line);

    /** Whether a person sits before it. */
    boolean isInteractive();

    @Override
    void close();
}
