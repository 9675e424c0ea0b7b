package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.read.GroupAdmin;
import io.quorate.groups.read.GroupConflict;
import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.GroupReader;
import io.quorate.groups.read.LogEndOffsets;
import io.quorate.groups.read.OffsetChange;
import io.quorate.groups.read.OffsetReset;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate groups reset-offsets}: shows where offsets would go, and moves them when asked to. */
@Command(
        name = "reset-offsets",
        description = {
            "Move the offsets of a group without members; without --execute only show what would be done.",
            "",
            "Examples:",
            "  quorate groups reset-offsets billing --topic orders --to-offset 0",
            "  quorate groups reset-offsets billing --topic orders:0,1 --shift-by -100 --execute",
            "  quorate groups reset-offsets billing --all-topics --to-current --export > offsets.csv"
        },
        mixinStandardHelpOptions = true)
final class GroupsResetOffsetsCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Mixin
    private LogEndFile logEnds;

    @Mixin
    private ResetScope scope;

    @Parameters(index = "0", paramLabel = "GROUP")
    private String name;

    @ArgGroup(multiplicity = "1")
    private ResetTarget target;

    @Option(names = "--dry-run", description = "Only show what would be done. The default.")
    private boolean dryRun;

    @Option(names = "--execute", description = "Do it.")
    private boolean execute;

    @Option(names = "--export", description = "Print lines for --from-file.")
    private boolean export;

    @Option(
            names = "--force-partition",
            description = {
                "Even if the group has members: each offset is written if it is still as it was read.",
                "Members of this library go on from there; old ones overwrite it with their next commit."
            })
    private boolean force;

    @Override
    public Integer call() throws AdminException {
        if (execute && (dryRun || export)) {
            throw new AdminException(AdminExit.FAILED, "--execute goes neither with --dry-run nor with --export");
        }
        GroupTexts.requireName(name);
        Map<TopicPartition, Long> listed = target.listed();
        if (scope.isGiven() == (listed != null)) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "say which offsets: --topic TOPIC or --all-topics, or else --from-file FILE alone");
        }
        OffsetReset reset = target.reset(logEnds);
        LogEndOffsets ends = logEnds.read();
        return access.run(link -> reset(link, ends, reset, listed));
    }

    private Answer reset(Link link, LogEndOffsets ends, OffsetReset reset, Map<TopicPartition, Long> listedOrNull)
            throws AdminException {
        GroupFacts group =
                new GroupReader(link.client(), ends).describe(name).orElseThrow(() -> GroupTexts.missing(name));
        if (!group.members().isEmpty() && !force) {
            throw inUse(group, "", null);
        }
        SortedSet<TopicPartition> which =
                listedOrNull == null ? scope.partitions(link, group) : ResetScope.existing(link, listedOrNull.keySet());
        List<OffsetChange> changes = planned(link, group, which, reset);
        if (execute) {
            write(link, group, changes);
        }
        return new OffsetPlan(name, changes, export, execute);
    }

    private static List<OffsetChange> planned(
            Link link, GroupFacts group, SortedSet<TopicPartition> which, OffsetReset reset) throws AdminException {
        try {
            return new GroupAdmin(link.client()).planReset(group, which, reset);
        } catch (ArithmeticException e) {
            throw new AdminException(AdminExit.FAILED, e.getMessage(), e);
        }
    }

    private void write(Link link, GroupFacts group, List<OffsetChange> changes) throws AdminException {
        AtomicInteger written = new AtomicInteger();
        IntConsumer soFar = number -> {
            written.set(number);
            link.hasDone(number + " of " + changes.size() + " offsets were written");
        };
        GroupAdmin admin = new GroupAdmin(link.client());
        try {
            if (force) {
                admin.resetForced(name, changes, soFar);
            } else {
                admin.reset(name, changes, soFar);
            }
        } catch (GroupConflict e) {
            String before = written.get() == 0 ? "" : "; " + written + " of " + changes.size() + " offsets are written";
            throw force
                    ? new AdminException(AdminExit.CONFLICT, e.getMessage() + before + "; look again and repeat it", e)
                    : inUse(group, before, e);
        }
    }

    private AdminException inUse(GroupFacts group, String before, GroupConflict causeOrNull) {
        String why = causeOrNull == null
                ? "has " + group.members().size() + " members"
                : "changed meanwhile (" + causeOrNull.getMessage() + before + ")";
        return new AdminException(
                AdminExit.CONFLICT,
                "Assignments can only be reset if the group '" + name + "' is inactive, but it " + why
                        + ". Stop them, or use --force-partition.",
                causeOrNull);
    }
}
