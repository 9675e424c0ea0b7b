package io.quorate.coordinator.cli.shell;

/** Why a command of the shell failed; the message is all that is printed. */
final class ShellFailure extends Exception {

    /** What a shell that ends with a failed command ends with. */
    static final int FAILED = 1;

    /** The same after a command that does not exist, as in ZooKeeper's shell. */
    private static final int NOT_FOUND = 127;

    private final int exitCode;

    private ShellFailure(String message, Throwable cause, int exitCode) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    ShellFailure(String message) {
        this(message, null, FAILED);
    }

    ShellFailure(String message, Throwable cause) {
        this(message, cause, FAILED);
    }

    /** There is no such command. */
    static ShellFailure notFound(String name) {
        return new ShellFailure("Command not found: Command not found " + name, null, NOT_FOUND);
    }

    int exitCode() {
        return exitCode;
    }
}
