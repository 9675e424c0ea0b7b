package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Choice;
import io.quorate.coordinator.config.ServerConfig.Origin;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.config.ZooCfg;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quorate server}: runs a server in the foreground until it is told to end. */
@Command(name = "server", description = "Run a server in the foreground.", mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);
    private static final Path DATA_WITHOUT_FILE = Path.of("data");
    private static final int PORT_WITHOUT_FILE = 2181;

    private final ServerStart start;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A zoo.cfg. Without it: a server on its own, on port 2181, with its data in ./data.")
    private Path file;

    ServerCommand(ServerStart start) {
        this.start = start;
    }

    @Override
    public Integer call() throws StartException {
        ServerConfig config = config();
        AtomicBoolean asked = new AtomicBoolean();
        try (RunningServer server = start.start(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, asked), "shutdown"));
            LOG.info("Serving clients on {}", server.clientAddress());
            server.awaitEnd();
        }
        if (!asked.get()) {
            throw new StartException(ExitCode.OTHER, "the server ended by itself; the log says why");
        }
        return ExitCode.OK.code();
    }

    private static void end(RunningServer server, AtomicBoolean asked) {
        asked.set(true);
        LOG.info("Asked to end");
        server.close();
        LOG.info("Ended");
    }

    private ServerConfig config() throws StartException {
        ZooCfg.Result result =
                file == null ? ZooCfg.standalone(DATA_WITHOUT_FILE, PORT_WITHOUT_FILE) : ZooCfg.read(file);
        if (result instanceof ZooCfg.Refused refused) {
            String where = file == null ? "the system properties" : file.toString();
            throw new StartException(
                    ExitCode.CONFIG,
                    "Invalid config, exiting abnormally; correct these in " + where + "\n  "
                            + String.join("\n  ", refused.reasons()));
        }
        ServerConfig config = ((ZooCfg.Accepted) result).config();
        LOG.info("{}, {}", Version.line(), file == null ? "without a configuration file" : "with " + file);
        config.choices().stream().filter(this::worthALine).forEach(choice -> LOG.info("{}", choice));
        config.notices().forEach(notice -> LOG.warn("{}", notice));
        return config;
    }

    /** Without a file everything was chosen by the server, so it says everything; with one, only what was asked for. */
    private boolean worthALine(Choice choice) {
        return file == null || choice.origin() != Origin.DEFAULT;
    }
}
