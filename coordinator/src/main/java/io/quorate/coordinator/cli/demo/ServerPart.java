package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One server of the demo. */
@Command(name = "server", hidden = true, description = "A part of the demo. Example: quorate demo server zoo.cfg")
final class ServerPart implements Callable<Integer> {

    private final ServerRun server;

    @Parameters(index = "0")
    private Path file;

    ServerPart(ServerRun server) {
        this.server = server;
    }

    @Override
    public Integer call() throws StartException {
        server.run(file, ParentWatch::awaitEnd);
        return ExitCode.OK.code();
    }
}
