package io.quorate.coordinator.config;

import java.util.Objects;

/** Why a server could not start: an exit code, and a message that names the fix and is all the operator sees. */
public final class StartException extends Exception {

    private final ExitCode exitCode;

    public StartException(ExitCode exitCode, String message) {
        super(Objects.requireNonNull(message));
        this.exitCode = exitCode;
    }

    public StartException(ExitCode exitCode, String message, Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.exitCode = exitCode;
    }

    /** The code the process ends with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
