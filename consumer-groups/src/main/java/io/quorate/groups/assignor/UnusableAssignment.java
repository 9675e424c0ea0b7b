package io.quorate.groups.assignor;

/** An {@link Assignor} has failed, or its answer is none that a group can work with. */
public final class UnusableAssignment extends Exception {
    private static final long serialVersionUID = 1;

    /** For this reason; with what it threw, or null. */
    public UnusableAssignment(String reason, Throwable cause) {
        super(reason, cause);
    }
}
