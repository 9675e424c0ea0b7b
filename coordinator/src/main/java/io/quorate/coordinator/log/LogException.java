package io.quorate.coordinator.log;

/** The log could not be read, written or synced. Whoever appends treats it as fatal: a failed sync is never retried. */
public class LogException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure with nothing underneath. */
    public LogException(String message) {
        super(message);
    }

    /** A failure caused by another, mostly an {@link java.io.IOException}. */
    public LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
