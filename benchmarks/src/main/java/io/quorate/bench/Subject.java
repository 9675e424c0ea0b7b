package io.quorate.bench;

import java.io.IOException;

/** What is under load: one server, or an ensemble. */
interface Subject extends AutoCloseable {

    /** Where it listens and which processes it is, now. */
    Target target();

    /** The last lines that it printed. */
    String lastOutput();

    /** Ends it and deletes its data, if the driver started it. */
    @Override
    void close() throws IOException;
}
