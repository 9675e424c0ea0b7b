package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a large consumer group on ZooKeeper and on Quorate, and compares what it costs with its targets (consumer-groups F3): to
 * support decisions about the protocol of groups, and about the servers under it.
 */
@Command(
        name = "groups",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Runs a large consumer group on ZooKeeper and on Quorate, and compares both with the targets.")
public final class Groups implements Callable<Integer> {

    /** What can be measured. */
    enum Part {
        /** How long the assignor computes; needs no server. */
        ASSIGNOR,
        /** The large group. */
        NATIVE,
        /** A smaller group, native and by the protocol of old consumers. */
        OLD,
        /** Commits of offsets, as fast as possible and at a rate. */
        OFFSETS
    }

    private static final int QUIET_MILLIS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--parts",
            split = ",",
            description = "What to measure: ${COMPLETION-CANDIDATES}; all if not given.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--consumers", defaultValue = "1000", description = "Members of the group, all in this process.")
    private int consumers;

    @Option(names = "--partitions", defaultValue = "10000", description = "Partitions that they share.")
    private int partitions;

    @Option(names = "--topics", defaultValue = "20", description = "Topics that those are of.")
    private int topics;

    @Option(names = "--old-consumers", defaultValue = "100", description = "Members of the smaller group.")
    private int oldConsumers;

    @Option(names = "--old-partitions", defaultValue = "1000", description = "Its partitions, all of one topic.")
    private int oldPartitions;

    @Option(names = "--members", defaultValue = "3", description = "Servers of each side: 3, or 1 that stands alone.")
    private int members;

    @Option(names = "--session", defaultValue = "10000", description = "Session timeout, in milliseconds.")
    private int sessionMillis;

    @Option(names = "--repeats", defaultValue = "5", description = "Joins and leaves of one member.")
    private int repeats;

    @Option(names = "--steady", defaultValue = "20", description = "Seconds in which commits are counted.")
    private int steadySeconds;

    @Option(names = "--seconds", defaultValue = "5", description = "Seconds of each measurement of offsets.")
    private int seconds;

    @Option(names = "--quick", description = "Without what takes long: commits, and members that are killed.")
    private boolean isQuick;

    @Option(names = "--rounds", defaultValue = "1", description = "How often all of it is done; the sides take turns.")
    private int rounds;

    @Option(names = "--loops", defaultValue = "2", description = "Event loops that all members share.")
    private int loops;

    @Option(names = "--limit", defaultValue = "300", description = "Seconds that any one step may take.")
    private int limitSeconds;

    @Mixin
    private Servers servers;

    private final List<Scorecard> cards = new ArrayList<>();

    Groups() {}

    /** Runs the measurement; a failure ends the process with exit code 1. */
    public static void main(String[] args) {
        Program.run(new Groups(), args);
    }

    /** Measures everything and prints the tables. */
    @Override
    public Integer call() throws IOException {
        Files.createDirectories(servers.folder);
        if (parts.contains(Part.ASSIGNOR)) {
            AssignorTimes.run(plan(consumers, partitions, topics, false), card("The assignor, one join"));
        }
        if (parts.contains(Part.NATIVE)) {
            group(plan(consumers, partitions, topics, false));
        }
        if (parts.contains(Part.OLD)) {
            group(plan(oldConsumers, oldPartitions, 1, true));
            group(plan(oldConsumers, oldPartitions, 1, false));
        }
        if (parts.contains(Part.OFFSETS)) {
            offsets();
        }
        String conditions = String.format(
                "%d servers of each side, session timeout %d ms and a tick of 2 s; all members in one process",
                members, sessionMillis);
        Scorecard.publish(
                cards, conditions, servers, "groups.md", spec.commandLine().getOut());
        return cards.stream().anyMatch(Scorecard::hasFailures) ? 1 : 0;
    }

    private static GroupPlan plan(int members, int partitions, int topics, boolean isCompat) {
        return new GroupPlan(members, partitions, topics, Math.max(1, members / 10), isCompat);
    }

    private Scorecard card(String title) {
        Scorecard card = new Scorecard(title, servers.sides());
        cards.add(card);
        return card;
    }

    private void group(GroupPlan plan) throws IOException {
        Scorecard card = card(plan.title());
        Crowd.Settings crowd = new Crowd.Settings(sessionMillis, loops, QUIET_MILLIS, limitSeconds);
        GroupScenarios.Settings settings = new GroupScenarios.Settings(crowd, repeats, steadySeconds, isQuick);
        PrintWriter progress = spec.commandLine().getErr();
        for (int round = 0; round < rounds; round++) {
            for (Side side : servers.sides(round)) {
                try (Ensemble ensemble = Ensemble.start(side, servers.folder, members)) {
                    GroupScenarios.run(plan, settings, side, ensemble, card, progress);
                }
            }
        }
    }

    private void offsets() {
        Scorecard card = card("Commits of offsets, 10 in a transaction, from 64 sessions");
        for (int round = 0; round < rounds; round++) {
            for (Side side : servers.sides(round)) {
                Span span = Span.seconds(seconds, seconds);
                OffsetTimes.run(
                        side, servers.folder, span, card, spec.commandLine().getErr());
            }
        }
    }
}
