package io.quorate.groups.read;

/** Somebody else was there: the group has members, or a node has changed since it was read. Nothing of the step was done. */
public final class GroupConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GroupConflict(String message, Throwable cause) {
        super(message, cause);
    }
}
