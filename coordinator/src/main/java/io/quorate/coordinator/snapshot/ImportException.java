package io.quorate.coordinator.snapshot;

import java.io.IOException;

/** Says why a data directory is not imported, in words for the operator. */
public final class ImportException extends IOException {
    private static final long serialVersionUID = 1L;

    ImportException(String message) {
        super(message);
    }

    ImportException(String message, Throwable cause) {
        super(message, cause);
    }
}
