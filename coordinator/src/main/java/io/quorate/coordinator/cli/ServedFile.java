package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.config.ZooCfg;
import java.nio.file.Path;

/** Runs a server on a configuration file for as long as somebody says; what the demo needs of {@link ServerCommand}. */
final class ServedFile {

    private ServedFile() {}

    static void run(ServerStart start, Path file, Runnable untilEnd) throws StartException {
        if (!(ZooCfg.read(file) instanceof ZooCfg.Accepted accepted)) {
            throw new StartException(ExitCode.CONFIG, file + " is refused; see why with: quorate server " + file);
        }
        accepted.config().folders().prepare();
        RunningServer server = start.start(accepted.config());
        try (server) {
            untilEnd.run();
        }
    }
}
