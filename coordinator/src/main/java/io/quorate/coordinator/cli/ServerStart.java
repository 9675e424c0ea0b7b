package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.StartException;

/** Starts a server; the edge between the command line and the server itself. */
@FunctionalInterface
public interface ServerStart {

    /** Returns when clients can connect. The data folders exist and are writable. */
    RunningServer start(ServerConfig config) throws StartException;
}
