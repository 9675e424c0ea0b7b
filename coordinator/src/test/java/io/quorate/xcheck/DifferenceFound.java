package io.quorate.xcheck;

import java.util.regex.Pattern;

/** The two servers did not do the same. The message says what came from whom, and what led to it. */
final class DifferenceFound extends AssertionError {

    private static final Pattern STUCK = Pattern.compile("reference:\\s+open, java\\.net\\.SocketTimeoutException");

    private static final long serialVersionUID = 1L;

    DifferenceFound(String message) {
        super(message);
    }

    /** True if the reference neither answered nor ended the connection in time, and nothing else differs. */
    boolean referenceIsStuck() {
        return STUCK.matcher(getMessage()).find();
    }
}
