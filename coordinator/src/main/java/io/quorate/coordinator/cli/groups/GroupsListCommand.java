package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.groups.read.GroupReader;
import io.quorate.groups.read.GroupState;
import io.quorate.groups.read.LogEndOffsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quorate groups list}. */
@Command(
        name = "list",
        description = {
            "List the consumer groups of the tree, those of old consumers included.",
            "",
            "Examples:",
            "  quorate groups list",
            "  quorate groups list --state empty"
        },
        mixinStandardHelpOptions = true)
final class GroupsListCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Mixin
    private LogEndFile logEnds;

    @Option(
            names = "--state",
            split = ",",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "STATE,...",
            description = "Only groups in these states: Empty, PreparingRebalance, Stable, Dead. Without any: all.")
    private List<String> states = List.of();

    @Override
    public Integer call() throws AdminException {
        LogEndOffsets ends = logEnds.read();
        Set<GroupState> wanted = wanted();
        return access.run(link -> new GroupList(new GroupReader(link.client(), ends)
                .list().stream().filter(group -> wanted.contains(group.state())).toList()));
    }

    private Set<GroupState> wanted() throws AdminException {
        Set<GroupState> wanted = EnumSet.noneOf(GroupState.class);
        for (String name : states) {
            if (!name.isBlank()) {
                wanted.add(state(name.strip()));
            }
        }
        return wanted.isEmpty() ? EnumSet.allOf(GroupState.class) : wanted;
    }

    private static GroupState state(String name) throws AdminException {
        for (GroupState state : GroupState.values()) {
            if (state.text().equalsIgnoreCase(name)) {
                return state;
            }
        }
        throw new AdminException(
                AdminExit.FAILED,
                "--state " + name + " is no state of a group: there are "
                        + Stream.of(GroupState.values()).map(GroupState::text).collect(Collectors.joining(", ")));
    }
}
