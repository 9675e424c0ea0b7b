package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.link.Verbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate tree}: reads and changes nodes. */
@Command(
        name = "tree",
        description = {
            "Read and change the nodes of the tree.",
            "",
            "Examples:",
            "  quorate tree ls /brokers",
            "  quorate tree get -s /controller",
            "  quorate tree ls -R / --server zk1:2181,zk2:2181/kafka --output json"
        },
        subcommands = {
            LsCommand.class,
            GetCommand.class,
            StatCommand.class,
            SetCommand.class,
            CreateCommand.class,
            DeleteCommand.class
        },
        mixinStandardHelpOptions = true)
public final class TreeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Verbs.missing(spec);
    }
}
