package io.quorate.bench;

import java.io.IOException;

/**
 * One line of the comparison: a name for the command line, a title for the report, and what it does.
 *
 * @param freshServer whether every round needs a server without nodes of earlier rounds
 * @param echoes whether the echo server can run it
 */
record Row(String name, String title, boolean freshServer, boolean echoes, Action action) {

    /** Warms up and measures once. */
    @FunctionalInterface
    interface Action {
        Sample run(Subject subject, Plan plan) throws IOException;
    }
}
