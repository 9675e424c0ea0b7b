package io.quorate.coordinator.cli.answer;

import java.util.Objects;

/** Why an admin command failed: an exit code, and a message that says what to do next and is all the operator sees. */
public final class AdminException extends Exception {

    private final AdminExit exit;

    /** A failure that was found out here. */
    public AdminException(AdminExit exit, String message) {
        super(Objects.requireNonNull(message));
        this.exit = exit;
    }

    /** A failure that something else reported. */
    public AdminException(AdminExit exit, String message, Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.exit = exit;
    }

    /** The code the process ends with. */
    public AdminExit exit() {
        return exit;
    }
}
