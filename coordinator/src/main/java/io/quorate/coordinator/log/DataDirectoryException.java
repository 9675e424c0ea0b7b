package io.quorate.coordinator.log;

/** The data directories cannot be used. The message is for the operator: what is wrong, where, and what to do. */
public final class DataDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A refusal with nothing underneath. */
    public DataDirectoryException(String message) {
        super(message);
    }

    /** A refusal because the file system refused. */
    public DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
