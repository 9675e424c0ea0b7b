package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.GroupReader;
import io.quorate.groups.read.LogEndOffsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate groups describe}. */
@Command(
        name = "describe",
        description = {
            "Show one consumer group, in the columns of kafka-consumer-groups.sh.",
            "",
            "Examples:",
            "  quorate groups describe billing",
            "  quorate groups describe billing --members --verbose",
            "  quorate groups describe billing --log-end-offsets ends.txt"
        },
        mixinStandardHelpOptions = true)
final class GroupsDescribeCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Mixin
    private LogEndFile logEnds;

    @Parameters(index = "0", paramLabel = "GROUP")
    private String name;

    @ArgGroup
    private Choice choice = new Choice();

    @Option(
            names = "--verbose",
            description = "Offsets: ages, targets and racks as well. Members: what each of them owns.")
    private boolean verbose;

    /** At most one of them. */
    private static final class Choice {
        @Option(names = "--offsets", description = "Offsets and owners of all partitions. The default.")
        private boolean offsets;

        @Option(names = "--members", description = "The members.")
        private boolean members;

        @Option(names = "--state", description = "State, leader and strategy.")
        private boolean state;

        @Option(names = "--generations", description = "The last decision of the group's leader.")
        private boolean generations;

        GroupView view() {
            if (members) {
                return GroupView.MEMBERS;
            }
            if (state) {
                return GroupView.STATE;
            }
            return generations && !offsets ? GroupView.GENERATIONS : GroupView.OFFSETS;
        }
    }

    @Override
    public Integer call() throws AdminException {
        GroupTexts.requireName(name);
        LogEndOffsets ends = logEnds.read();
        return access.run(link -> {
            GroupFacts group =
                    new GroupReader(link.client(), ends).describe(name).orElseThrow(() -> GroupTexts.missing(name));
            return new GroupDetails(group, choice.view(), verbose, System.currentTimeMillis());
        });
    }
}
