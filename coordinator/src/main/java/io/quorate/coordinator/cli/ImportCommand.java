package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.core.Recovery.DigestCheck;
import io.quorate.coordinator.snapshot.ImportException;
import io.quorate.coordinator.snapshot.ImportSummary;
import io.quorate.coordinator.snapshot.Version2Import;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorate import}: brings the data of a ZooKeeper server into a new data folder. */
@Command(
        name = "import",
        description = {
            "Bring the data of a ZooKeeper server into a new data folder, and verify its digest.",
            "Stop that server first: what it writes meanwhile is not brought along.",
            "",
            "Example: quorate import --from /var/lib/zookeeper --to /var/lib/quorate"
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "ZooKeeper's dataDir.")
    private Path from;

    @Option(names = "--log-from", paramLabel = "DIR", description = "ZooKeeper's dataLogDir. Default: that of --from.")
    private Path logFrom;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The new dataDir; must be empty.")
    private Path to;

    @Option(
            names = "--trust-empty",
            description = "Take logs without any snapshot for complete, as ZooKeeper does with snapshot.trust.empty.")
    private boolean trustEmpty;

    @Override
    public Integer call() throws StartException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Reading " + from + " …");
        ImportSummary summary;
        try {
            summary = Version2Import.run(from, logFrom, to, trustEmpty);
        } catch (ImportException e) {
            throw new StartException(ExitCode.OTHER, "Nothing was imported: " + e.getMessage(), e);
        }
        summary.filesRead().forEach(file -> out.println("  read " + file));
        summary.warnings().forEach(warning -> out.println("  warning: " + warning));
        out.printf(
                "Imported %d znodes, %d sessions and %d ephemerals at zxid 0x%x, %d transactions replayed%n",
                summary.nodes(), summary.sessions(), summary.ephemerals(), summary.zxid(), summary.transactions());
        out.printf("Tree digest %d: %s%n", summary.digest(), verdict(summary.digestCheck()));
        out.println("Wrote " + summary.snapshot());
        if (summary.digestCheck() == DigestCheck.DIFFERENT) {
            throw new StartException(
                    ExitCode.OTHER,
                    "The digest differs from the one that ZooKeeper stored: compare the trees before you use " + to
                            + ".");
        }
        out.println("Start it with dataDir=" + to);
        return ExitCode.OK.code();
    }

    private static String verdict(DigestCheck check) {
        return switch (check) {
            case EQUAL -> "equal to the one that ZooKeeper stored";
            case DIFFERENT -> "NOT equal to the one that ZooKeeper stored";
            case NONE -> "ZooKeeper stored none to compare with";
        };
    }
}
