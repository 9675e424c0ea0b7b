package io.quorate.xcheck;

/** The two servers did not do the same. The message says what came from whom, and what led to it. */
final class DifferenceFound extends AssertionError {

    private static final long serialVersionUID = 1L;

    DifferenceFound(String message) {
        super(message);
    }
}
