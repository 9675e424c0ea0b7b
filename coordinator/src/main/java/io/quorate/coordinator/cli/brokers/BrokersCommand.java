package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.link.Verbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate brokers}. */
@Command(
        name = "brokers",
        description = {
            "Show the registered brokers.",
            "",
            "Examples:",
            "  quorate brokers list",
            "  quorate brokers describe 1 --output json"
        },
        subcommands = {BrokersListCommand.class, BrokersDescribeCommand.class},
        mixinStandardHelpOptions = true)
public final class BrokersCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Verbs.missing(spec);
    }
}
