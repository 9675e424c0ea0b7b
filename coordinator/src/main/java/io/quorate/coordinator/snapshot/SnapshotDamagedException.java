package io.quorate.coordinator.snapshot;

import java.io.IOException;

/** Says that a stored file cannot be what it claims to be: which file, where, and what is wrong with it. */
public final class SnapshotDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    SnapshotDamagedException(String message) {
        super(message);
    }

    SnapshotDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
