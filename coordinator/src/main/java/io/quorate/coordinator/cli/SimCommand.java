package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import io.quorate.sim.Plant;
import io.quorate.sim.SeedResult;
import io.quorate.sim.SeedRun;
import io.quorate.sim.SeedTotals;
import io.quorate.sim.Seeds;
import io.quorate.sim.plant.Plants;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quorate sim}: runs whole ensembles in virtual time, and says whether all that must hold did. */
@Command(
        name = "sim",
        description = {
            "Run whole ensembles of this server in virtual time, with faults, and check what they promise.",
            "Each seed is a run of its own; the same seed goes the same way every time.",
            "",
            "Example: quorate sim --seeds 1000"
        },
        mixinStandardHelpOptions = true)
final class SimCommand implements Callable<Integer> {

    private static final int PROGRESS_EVERY = 1000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "100", description = "How many. Default: 100.")
    private long seeds;

    @Option(names = "--from", paramLabel = "SEED", defaultValue = "1", description = "The first one. Default: 1.")
    private long from;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many seeds run at a time. Default: one for each processor.")
    private int threads;

    @Option(
            names = "--trace",
            description = "Run one seed after the other, and write what happened in each to seed-SEED.txt.")
    private boolean trace;

    @Option(
            names = "--plant",
            paramLabel = "DEFECT",
            description = "Put a known defect into every server, to see it found; \"list\" names them.")
    private String defect;

    @Override
    public Integer call() throws StartException {
        PrintWriter out = spec.commandLine().getOut();
        if ("list".equals(defect)) {
            Plants.names().forEach(out::println);
            return ExitCode.OK.code();
        }
        if (seeds < 1 || threads < 0) {
            throw new ParameterException(spec.commandLine(), "--seeds and --threads are numbers from 1 on");
        }
        boolean good = trace ? trace(out) : run(out);
        if (!good) {
            throw new StartException(ExitCode.OTHER, "Something that must hold did not.");
        }
        return ExitCode.OK.code();
    }

    private Supplier<Plant> plants() {
        if (defect == null) {
            return () -> Plant.NONE;
        }
        if (!Plants.names().contains(defect)) {
            throw new ParameterException(
                    spec.commandLine(), "no defect is called " + defect + "; there are " + Plants.names());
        }
        return () -> Plants.make(defect);
    }

    private boolean run(PrintWriter out) {
        int wanted = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        long[] done = {0};
        try {
            SeedTotals totals = new Seeds(plants(), wanted, defect != null).run(from, seeds, result -> {
                done[0]++;
                report(out, result);
                if (done[0] % PROGRESS_EVERY == 0) {
                    out.println(done[0] + " of " + seeds + " seeds");
                    out.flush();
                }
            });
            out.println(totals);
            return totals.bad().isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void report(PrintWriter out, SeedResult result) {
        if (!result.isGood()) {
            out.println("seed " + result.seed() + ": " + result.violation().getMessage());
            out.println("  again: " + SeedRun.replay(result.seed()) + (defect == null ? "" : " --plant " + defect));
            out.flush();
        }
    }

    private boolean trace(PrintWriter out) throws StartException {
        boolean good = true;
        for (long seed = from; seed < from + seeds; seed++) {
            SeedResult result = SeedRun.run(seed, plants().get(), true);
            Path file = Path.of("seed-" + seed + ".txt");
            try {
                Files.write(file, result.story());
            } catch (IOException e) {
                throw new StartException(ExitCode.OTHER, "Cannot write " + file + ": " + e.getMessage(), e);
            }
            report(out, result);
            out.println("seed " + seed + ": what happened is in " + file + ", its number is "
                    + Long.toHexString(result.hash()));
            good &= result.isGood();
        }
        return good;
    }
}
