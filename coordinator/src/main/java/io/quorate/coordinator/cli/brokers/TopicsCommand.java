package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.link.Verbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate topics}. */
@Command(
        name = "topics",
        description = {
            "List, describe, create and delete topics.",
            "",
            "Examples:",
            "  quorate topics describe orders",
            "  quorate topics describe --under-replicated-partitions",
            "  quorate topics create orders --partitions 12 --replication-factor 3"
        },
        subcommands = {
            TopicsListCommand.class,
            TopicsDescribeCommand.class,
            TopicsCreateCommand.class,
            TopicsDeleteCommand.class
        },
        mixinStandardHelpOptions = true)
public final class TopicsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Verbs.missing(spec);
    }
}
