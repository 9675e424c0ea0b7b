package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the load driver. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Puts the same load on ZooKeeper and on Quorate and compares.")
public final class Load {

    @Spec
    private CommandSpec spec;

    private Load() {}

    /** Runs a command; a failure ends the process with exit code 1. */
    public static void main(String[] args) {
        int exitCode = new CommandLine(new Load())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
        if (exitCode != 0) {
            throw new IllegalStateException("exit code " + exitCode);
        }
    }

    /** Which rows, and how long. */
    static final class Choice {

        @Option(names = "--rows", split = ",", description = "Rows by name; all if not given.")
        private List<String> names = List.of();

        @Option(names = "--seconds", defaultValue = "5", description = "Length of a measured interval.")
        private int seconds;

        @Option(names = "--warmup", defaultValue = "3", description = "Seconds of load before each interval.")
        private int warmup;

        @Option(names = "--rounds", defaultValue = "3", description = "Measured intervals for each side.")
        private int rounds;

        @Option(names = "--znodes", defaultValue = "1000000", description = "Znodes of the big tree.")
        private int znodes;

        List<Row> rows() {
            return Rows.named(names);
        }

        Plan plan() {
            return new Plan(Span.seconds(warmup, seconds), znodes);
        }
    }

    @Command(name = "list", description = "Lists the rows.")
    int list() {
        PrintWriter out = spec.commandLine().getOut();
        Rows.ALL.forEach(row -> out.printf("%-10s %s%n", row.name(), row.title()));
        out.flush();
        return 0;
    }

    @Command(name = "run", description = "Starts the servers and compares them.")
    int run(
            @Mixin Choice choice,
            @Option(names = "--left", defaultValue = "zookeeper") ServerKind left,
            @Option(names = "--right", defaultValue = "quorate") ServerKind right,
            @Option(names = "--echo", description = "Measures the practical limit, too.") boolean echo,
            @Mixin Servers servers)
            throws IOException {
        Files.createDirectories(servers.folder);
        List<Side> sides = sides(left, right, echo);
        List<String> jvm = servers.jvm();
        Report report = new Report(
                sides,
                Machine.describe(servers.folder),
                String.format(
                        Locale.ROOT,
                        "%d rounds of %d s after %d s of warm-up, %d-byte values, server JVM %s",
                        choice.rounds,
                        choice.seconds,
                        choice.warmup,
                        Workload.DATA_BYTES,
                        String.join(" ", jvm)));
        Comparison comparison = new Comparison(
                new Comparison.Settings(sides, choice.rounds, choice.plan(), servers.folder, jvm),
                spec.commandLine().getErr());
        boolean complete = true;
        for (Row row : choice.rows()) {
            Result result = comparison.run(row);
            complete &= result.failures().isEmpty();
            report.add(result);
            Files.writeString(servers.output(), report.toString());
        }
        spec.commandLine().getOut().print(report);
        spec.commandLine().getOut().flush();
        return complete ? 0 : 1;
    }

    @Command(name = "attach", description = "Puts load on a server that runs already.")
    int attach(
            @Mixin Choice choice,
            @Option(names = "--host", defaultValue = "127.0.0.1") String host,
            @Option(names = "--port", required = true) int port,
            @Option(names = "--pid", description = "Its process, to measure its CPU.") Long pid)
            throws IOException {
        OptionalLong process = pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
        Server server = Server.attached(new InetSocketAddress(host, port), process);
        PrintWriter out = spec.commandLine().getOut();
        for (Row row : choice.rows()) {
            for (int round = 0; round < choice.rounds; round++) {
                out.printf("%s: %s%n", row.title(), Report.line(row.action().run(server, choice.plan())));
                out.flush();
            }
        }
        return 0;
    }

    /** How the servers are started. */
    static final class Servers {

        @Option(
                names = "--folder",
                defaultValue = "load",
                description = "Data and results; on a real disk, not in memory.")
        private Path folder;

        @Option(names = "--heap", defaultValue = "4g", description = "Heap of each server, fixed.")
        private String heap;

        @Option(names = "--jvm", description = "One more JVM option for each server; can be repeated.")
        private List<String> options = List.of();

        List<String> jvm() {
            List<String> all = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
            all.addAll(options);
            return all;
        }

        Path output() {
            return folder.resolve("report.md");
        }
    }

    private static List<Side> sides(ServerKind left, ServerKind right, boolean echo) {
        String name = right.name().toLowerCase(Locale.ROOT);
        List<Side> sides = new ArrayList<>();
        sides.add(new Side(left.name().toLowerCase(Locale.ROOT), left));
        sides.add(new Side(left == right ? name + " again" : name, right));
        if (echo) {
            sides.add(new Side("echo limit", ServerKind.ECHO));
        }
        return sides;
    }
}
