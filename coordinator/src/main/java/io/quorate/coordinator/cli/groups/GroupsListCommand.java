package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.groups.read.GroupReader;
import io.quorate.groups.read.LogEndOffsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
            paramLabel = "STATE,...",
            description = "Only groups in these states: Empty, PreparingRebalance, Stable.")
    private List<String> states = List.of();

    @Override
    public Integer call() throws AdminException {
        LogEndOffsets ends = logEnds.read();
        List<String> wanted =
                states.stream().map(state -> state.toLowerCase(Locale.ROOT)).toList();
        return access.run(link -> new GroupList(new GroupReader(link.client(), ends)
                .list().stream()
                        .filter(group -> wanted.isEmpty()
                                || wanted.contains(group.state().text().toLowerCase(Locale.ROOT)))
                        .toList()));
    }
}
