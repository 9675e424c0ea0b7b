package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.link.Verbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate groups}. */
@Command(
        name = "groups",
        description = {
            "List and describe the consumer groups of the tree, and move their offsets.",
            "",
            "Examples:",
            "  quorate groups list",
            "  quorate groups describe billing --members",
            "  quorate groups reset-offsets billing --topic orders --to-offset 0 --execute"
        },
        subcommands = {GroupsListCommand.class, GroupsDescribeCommand.class, GroupsResetOffsetsCommand.class},
        mixinStandardHelpOptions = true)
public final class GroupsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Verbs.missing(spec);
    }
}
