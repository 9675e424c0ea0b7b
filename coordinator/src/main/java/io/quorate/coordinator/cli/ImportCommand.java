package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quorate import}: brings the data of a ZooKeeper server into a new data folder. */
@Command(
        name = "import",
        description = "Bring the data of a stopped ZooKeeper server into a new data folder.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "ZooKeeper's dataDir.")
    private Path from;

    @Option(names = "--log-from", paramLabel = "DIR", description = "ZooKeeper's dataLogDir. Default: that of --from.")
    private Path logFrom;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The new dataDir; must be empty.")
    private Path to;

    @Override
    public Integer call() throws StartException {
        Path log = logFrom == null ? from : logFrom;
        throw new StartException(
                ExitCode.OTHER,
                "import is not built yet: nothing was read from %s and %s, nothing was written to %s"
                        .formatted(from, log, to));
    }
}
