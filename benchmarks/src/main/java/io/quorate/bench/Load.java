package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
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
        Program.run(new CommandLine(new Load()).setCaseInsensitiveEnumValuesAllowed(true), args);
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

        /** The conditions of the run, for its report. */
        String describe() {
            return rounds + " rounds of " + seconds + " s after " + warmup + " s of warm-up, " + Workload.DATA_BYTES
                    + "-byte values, big tree of " + znodes + " znodes";
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
            @Mixin Servers servers,
            @Option(
                            names = "--members",
                            defaultValue = "1",
                            description = "Servers of each side; connections go round them. The big tree needs one.")
                    int members)
            throws IOException {
        Files.createDirectories(servers.folder);
        Comparison.Settings settings =
                new Comparison.Settings(servers.sides(), members, choice.rounds, choice.plan(), servers.folder);
        Report report = new Report(
                settings.sides(),
                Machine.describe(servers.folder),
                members + " server(s) of each side, " + choice.describe());
        PrintWriter out = spec.commandLine().getOut();
        boolean complete = true;
        for (Row row : choice.rows()) {
            Result result = Comparison.run(settings, row, spec.commandLine().getErr());
            complete &= result.failures().isEmpty();
            report.add(result);
            Files.writeString(servers.folder.resolve("report.md"), report.toString());
        }
        out.print(report);
        out.flush();
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
        Subject server = Server.attached(new InetSocketAddress(host, port), process);
        PrintWriter out = spec.commandLine().getOut();
        for (Row row : choice.rows()) {
            for (int round = 0; round < choice.rounds; round++) {
                out.printf("%s: %s%n", row.title(), Report.line(row.action().run(server, choice.plan())));
                out.flush();
            }
        }
        return 0;
    }
}
