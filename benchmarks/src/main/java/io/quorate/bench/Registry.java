package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the brokers of a large cluster, without data, on ZooKeeper and on Quorate, and compares what its changes take with their
 * targets (broker-registry 13.7): to support decisions about the registry, and about the servers under it.
 */
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Runs the brokers of a large cluster on ZooKeeper and on Quorate, and compares both with the targets.")
public final class Registry implements Callable<Integer> {

    private static final int QUIET_MILLIS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--brokers", defaultValue = "150", description = "Brokers that have replicas, all in this process.")
    private int brokers;

    @Option(names = "--topics", defaultValue = "2000", description = "Topics.")
    private int topics;

    @Option(names = "--partitions", defaultValue = "200000", description = "Partitions of all topics together.")
    private int partitions;

    @Option(names = "--replicas", defaultValue = "3", description = "Replicas of each partition.")
    private int replicas;

    @Option(names = "--registering", defaultValue = "1000", description = "Brokers that register at the same time.")
    private int registering;

    @Option(names = "--members", defaultValue = "3", description = "Servers of each side: 3, or 1 that stands alone.")
    private int members;

    @Option(names = "--session", defaultValue = "10000", description = "Session timeout, in milliseconds.")
    private int sessionMillis;

    @Option(names = "--repeats", defaultValue = "3", description = "Controllers that are killed.")
    private int repeats;

    @Option(
            names = "--quick",
            description = "Without what takes long: controllers, brokers and servers that are killed.")
    private boolean isQuick;

    @Option(names = "--rounds", defaultValue = "1", description = "How often all of it is done; the sides take turns.")
    private int rounds;

    @Option(names = "--loops", defaultValue = "2", description = "Event loops that all brokers share.")
    private int loops;

    @Option(names = "--limit", defaultValue = "600", description = "Seconds that any one step may take.")
    private int limitSeconds;

    @Mixin
    private Servers servers;

    Registry() {}

    /** Runs the measurement; a failure ends the process with exit code 1. */
    public static void main(String[] args) {
        Program.run(new Registry(), args);
    }

    /** Measures everything and prints the table. */
    @Override
    public Integer call() throws IOException {
        Files.createDirectories(servers.folder);
        ClusterPlan plan = new ClusterPlan(brokers, topics, partitions / topics, replicas, registering);
        Scorecard card = new Scorecard(plan.title(), servers.sides());
        for (int round = 0; round < rounds; round++) {
            for (Side side : servers.sides(round)) {
                run(plan, side, card);
            }
        }
        String conditions = String.format(
                "%d servers of each side, session timeout %d ms and a tick of 2 s; all brokers in one process",
                members, sessionMillis);
        PrintWriter out = spec.commandLine().getOut();
        Scorecard.publish(List.of(card), conditions, servers, "registry.md", out);
        return card.hasFailures() ? 1 : 0;
    }

    private void run(ClusterPlan plan, Side side, Scorecard card) throws IOException {
        Fleet.Settings settings = new Fleet.Settings(sessionMillis, loops, QUIET_MILLIS, limitSeconds);
        PrintWriter progress = spec.commandLine().getErr();
        try (Ensemble ensemble = Ensemble.start(side, servers.folder, members);
                Fleet fleet = new Fleet(settings, ensemble.connectString())) {
            new RegistryScenarios(plan, isQuick ? 0 : repeats, side, card, progress, ensemble, fleet).run();
        }
    }
}
