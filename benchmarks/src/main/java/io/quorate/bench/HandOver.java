package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures for how long a client's writes wait when one leader hands over to another, and when an epoch runs out of numbers:
 * the longest time without an acknowledgement, for a client of the leader and for one of a follower, who both see no error. It
 * supports the decision to keep clients while nobody leads.
 */
@Command(
        name = "handover",
        mixinStandardHelpOptions = true,
        description = "Lets the leader of an ensemble hand over again and again, and measures how long writes wait.")
public final class HandOver implements Callable<Integer> {

    private static final int WORD_MILLIS_MAX = 60_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final double MILLI_NANOS = 1e6;
    private static final String NODE = "/written-by-";

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "20", description = "Hand-overs, and then roll-overs. Default: 20.")
    private int rounds;

    @Option(names = "--heap", defaultValue = "1500m", description = "Heap of each server, fixed. Default: 1500m.")
    private String heap;

    @Option(names = "--jvm", description = "One more JVM option for every server; can be repeated.")
    private List<String> jvm = List.of();

    @Option(
            names = "--transactions",
            defaultValue = "10000",
            description = "Transactions of an epoch before it rolls over. Default: 10000.")
    private int transactions;

    @Option(
            names = "--folder",
            defaultValue = "${env:LOAD_FOLDER:-load}",
            description = "Data and results; on a real disk, not in memory.")
    private Path folder;

    /** What the two clients waited at most, in milliseconds. */
    record Gaps(List<Double> ofLeader, List<Double> ofFollower) {
        Gaps() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void take(GapMeter leader, GapMeter follower) {
            ofLeader.add(leader.take() / MILLI_NANOS);
            ofFollower.add(follower.take() / MILLI_NANOS);
        }
    }

    private HandOver() {}

    /** Runs the measurement; a failure ends the process with exit code 1. */
    public static void main(String[] args) {
        Program.run(new CommandLine(new HandOver()), args);
    }

    /** Runs both measurements and prints a table. */
    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        StringBuilder table = new StringBuilder();
        Report.startTable(table, List.of("What", "client of the leader, ms", "client of a follower, ms"));
        try (Ensemble ensemble = Ensemble.start(side(List.of()), folder, Ensemble.MEMBERS)) {
            line(table, "nothing happens", steady(ensemble));
            line(table, "hand-over", handOvers(ensemble, rounds));
        }
        // A leader keeps 4096 numbers in reserve.
        String limit = "quorate.testingonly.epochCounterMax=" + (transactions + 4096);
        try (Ensemble ensemble = Ensemble.start(side(List.of(limit)), folder, Ensemble.MEMBERS)) {
            line(table, "roll-over", rollOvers(ensemble, rounds));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s.%n", Machine.describe(folder));
        out.printf("The longest time without an acknowledged write; median (minimum to maximum) of %d.%n%n", rounds);
        out.printf("%s", table);
        out.flush();
        return 0;
    }

    private Side side(List<String> more) {
        List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
        options.addAll(jvm);
        List<String> settings = new ArrayList<>(List.of("4lw.commands.whitelist=srvr,hand"));
        settings.addAll(more);
        return new Side("quorate", ServerKind.QUORATE, options, settings);
    }

    private static void line(StringBuilder table, String what, Gaps gaps) {
        Report.line(table, List.of(what, spread(gaps.ofLeader), spread(gaps.ofFollower)));
    }

    private static String spread(List<Double> figures) {
        return Report.spread(Result.Spread.of(figures.stream().mapToDouble(Double::doubleValue)));
    }

    /** What clients wait at most in as long a time in which one leader serves. */
    private Gaps steady(Ensemble ensemble) throws IOException {
        Gaps gaps = new Gaps();
        for (int round = 0; round < rounds; round++) {
            measure(ensemble, gaps, leader -> {}, false);
        }
        return gaps;
    }

    /** Hands over so many times, while two clients write. */
    static Gaps handOvers(Ensemble ensemble, int rounds) throws IOException {
        Gaps gaps = new Gaps();
        for (int round = 0; round < rounds; round++) {
            measure(
                    ensemble,
                    gaps,
                    leader -> {
                        String answer = leader.word("hand", WORD_MILLIS_MAX);
                        if (!answer.contains("leads now")) {
                            throw new IOException(answer);
                        }
                    },
                    true);
        }
        return gaps;
    }

    /** Waits for so many epochs to run out, while two clients write. */
    static Gaps rollOvers(Ensemble ensemble, int rounds) throws IOException {
        Gaps gaps = new Gaps();
        for (int round = 0; round < rounds; round++) {
            measure(ensemble, gaps, leader -> {}, true);
        }
        return gaps;
    }

    /** Something that is done to a leader while clients write. */
    private interface Deed {
        void doTo(Server leader) throws IOException;
    }

    /** @param ends true if both clients must see the next epoch */
    private static void measure(Ensemble ensemble, Gaps gaps, Deed deed, boolean ends) throws IOException {
        Server leader = ensemble.leader();
        Server follower = ensemble.without(leader).get(0);
        prepare(leader);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (GapMeter one = new GapMeter(leader.target().address(), NODE + 1, threads);
                GapMeter other = new GapMeter(follower.target().address(), NODE + 2, threads)) {
            LockSupport.parkNanos(STEADY_NANOS);
            one.take();
            other.take();
            int epoch = Math.max(one.epoch(), other.epoch());
            deed.doTo(leader);
            awaitEpoch(one, other, ends ? epoch + 1 : epoch);
            LockSupport.parkNanos(STEADY_NANOS);
            gaps.take(one, other);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void prepare(Server server) throws IOException {
        try (Session session = Session.open(server.target().address())) {
            session.ensure(NODE + 1, Workload.data());
            session.ensure(NODE + 2, Workload.data());
            session.end();
        }
    }

    private static void awaitEpoch(GapMeter one, GapMeter other, int epoch) throws IOException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (Math.min(one.epoch(), other.epoch()) < epoch) {
            if (System.nanoTime() > deadline) {
                throw new IOException("epoch " + epoch + " does not begin");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
