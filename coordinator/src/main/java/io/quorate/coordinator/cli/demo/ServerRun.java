package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.config.StartException;
import java.nio.file.Path;

/** Runs a server in this process; the edge to the rest of the command line. */
@FunctionalInterface
public interface ServerRun {

    /** Starts a server with a configuration, and ends it when {@code untilEnd} returns. */
    void run(Path file, Runnable untilEnd) throws StartException;
}
