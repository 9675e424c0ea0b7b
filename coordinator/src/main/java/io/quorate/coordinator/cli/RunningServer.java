package io.quorate.coordinator.cli;

import java.net.InetSocketAddress;

/** A server that serves. All methods may be called from any thread. */
public interface RunningServer extends AutoCloseable {

    /** Where clients connect; the port is the real one even if any free port was asked for. */
    InetSocketAddress clientAddress();

    /** Returns when the server has ended, by {@link #close} or by itself. */
    void awaitEnd();

    /** Ends the server cleanly and returns when that is done. Does nothing the second time. */
    @Override
    void close();
}
