package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.link.Verbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate partitions}. */
@Command(
        name = "partitions",
        description = {"Show partitions with their epochs.", "", "Example: quorate partitions list --offline"},
        subcommands = PartitionsListCommand.class,
        mixinStandardHelpOptions = true)
public final class PartitionsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Verbs.missing(spec);
    }
}
