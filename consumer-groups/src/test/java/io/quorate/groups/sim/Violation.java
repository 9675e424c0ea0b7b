package io.quorate.groups.sim;

/** Something that must never be was seen in a simulated run. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }
}
