package io.quorate.coordinator.cli.shell;

/** Why a command of the shell failed; the message is all that is printed. */
final class ShellFailure extends Exception {

    ShellFailure(String message) {
        super(message);
    }

    ShellFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
