package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how long an ensemble takes no writes when its leader dies: from kill -9 to the next write that a client of a survivor
 * has acknowledged, over a tree of several sizes. It supports the decisions about timeouts of elections and about what a new
 * leader does before it serves.
 */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = "Kills the leaders of ensembles of ZooKeeper and of Quorate, and compares how long writes wait.")
public final class Failover implements Callable<Integer> {

    private static final int PATIENCE_MILLIS_MIN = 50;
    private static final int PATIENCE_MILLIS_MAX = 1_600;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final double MILLI_NANOS = 1e6;
    private static final String NODE = "/written";

    @Spec
    private CommandSpec spec;

    @Option(names = "--znodes", split = ",", defaultValue = "0,100000,1000000", description = "Sizes of the tree.")
    private List<Integer> sizes;

    @Option(names = "--rounds", defaultValue = "7", description = "Leaders killed, for each side and size.")
    private int rounds;

    @Mixin
    private Servers servers;

    private Failover() {}

    /** Runs the measurement; a failure ends the process with exit code 1. */
    public static void main(String[] args) {
        Program.run(new Failover(), args);
    }

    /** Starts the ensembles, kills their leaders and prints a table. */
    @Override
    public Integer call() throws IOException {
        Files.createDirectories(servers.folder);
        List<Side> sides = servers.sides();
        StringBuilder table = new StringBuilder();
        List<String> headings = new ArrayList<>(List.of("Znodes"));
        sides.forEach(side -> headings.add(side.label() + ", ms"));
        Report.startTable(table, headings);
        PrintWriter out = spec.commandLine().getOut();
        for (int znodes : sizes) {
            Map<Side, List<Double>> times = measure(sides, znodes);
            List<String> cells = new ArrayList<>(List.of(String.format("%,d", znodes)));
            times.values()
                    .forEach(figures -> cells.add(
                            Report.spread(Result.Spread.of(figures.stream().mapToDouble(Double::doubleValue)))));
            Report.line(table, cells);
        }
        out.printf("%s.%n", Machine.describe(servers.folder));
        out.printf(
                "kill -9 of the leader to the next acknowledged write; median (minimum to maximum) of %d.%n", rounds);
        sides.forEach(side -> out.printf("- %s%n", side));
        out.printf("%n%s", table);
        out.flush();
        return 0;
    }

    /** The sides take turns, so that whatever else happens on the machine happens to all. */
    private Map<Side, List<Double>> measure(List<Side> sides, int znodes) throws IOException {
        Map<Side, List<Double>> times = new LinkedHashMap<>();
        Map<Side, Ensemble> ensembles = new LinkedHashMap<>();
        try {
            for (Side side : sides) {
                ensembles.put(side, Ensemble.start(side, servers.folder, Ensemble.MEMBERS));
                times.put(side, new ArrayList<>());
                fill(ensembles.get(side), znodes);
            }
            for (int round = 0; round < rounds; round++) {
                for (Side side : sides) {
                    double millis = failOver(ensembles.get(side)) / MILLI_NANOS;
                    times.get(side).add(millis);
                    spec.commandLine().getErr().printf("%,d znodes, %s: %.0f ms%n", znodes, side.label(), millis);
                    spec.commandLine().getErr().flush();
                }
            }
            return times;
        } finally {
            for (Ensemble ensemble : ensembles.values()) {
                ensemble.close();
            }
        }
    }

    private static void fill(Ensemble ensemble, int znodes) throws IOException {
        Server leader = ensemble.leader();
        if (znodes > 0) {
            Workload creates = new Workload(Workload.Kind.CREATE, TreeLoad.CONNECTIONS, 64, "/tree");
            Sample filled = Driver.run(leader.target(), creates, Span.operations(znodes));
            if (filled.operations() != znodes) {
                throw new IOException(filled.operations() + " znodes created and not " + znodes);
            }
        }
        try (Session session = Session.open(leader.target().address())) {
            session.ensure(NODE, Workload.data());
            session.end();
        }
    }

    /** Kills the leader, returns the nanoseconds to the next acknowledged write, and starts it again. */
    static long failOver(Ensemble ensemble) throws IOException {
        Server leader = ensemble.leader();
        List<Server> survivors = ensemble.without(leader);
        ExecutorService threads = Executors.newFixedThreadPool(survivors.size());
        try {
            long start = System.nanoTime();
            leader.kill();
            CompletableFuture<?>[] writes = survivors.stream()
                    .map(survivor -> CompletableFuture.supplyAsync(() -> awaitWrite(survivor, start), threads))
                    .toArray(CompletableFuture<?>[]::new);
            long nanos = (Long) CompletableFuture.anyOf(writes).join();
            CompletableFuture.allOf(writes).join();
            leader.restart();
            return nanos;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Tries, with a new session each time, until a write is acknowledged. */
    private static long awaitWrite(Server survivor, long start) {
        int patience = PATIENCE_MILLIS_MIN;
        while (System.nanoTime() - start < LIMIT_NANOS) {
            try (Session session = Session.open(survivor.target().address(), patience)) {
                int error = session.call(Frames.setData(NODE, Workload.data())).getInt(16);
                if (error == 0) {
                    long nanos = System.nanoTime() - start;
                    session.end();
                    return nanos;
                }
            } catch (SocketTimeoutException e) {
                // It took the connection and said nothing: perhaps it needs longer.
                patience = Math.min(2 * patience, PATIENCE_MILLIS_MAX);
            } catch (IOException e) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        throw new IllegalStateException("no write was acknowledged; the survivor's output:\n" + survivor.lastOutput());
    }
}
