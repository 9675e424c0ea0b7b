package io.quorate.registry.layout;

/** The data of a node is not what belongs there. */
public final class MalformedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedBodyException(String reason) {
        super(reason);
    }

    MalformedBodyException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
