package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Owns the order in which one row is measured: round by round, the sides taking turns, so that whatever else happens on
 * the machine happens to all of them. The servers of a row run together; those that wait are idle.
 */
final class Comparison {

    /** What is the same for all rows. */
    record Settings(List<Side> sides, int members, int rounds, Plan plan, Path folder) {}

    private final Settings settings;
    private final Row row;
    private final PrintWriter progress;
    private final Map<Side, List<Sample>> samples = new HashMap<>();
    private final Map<Side, String> failures = new HashMap<>();
    private final Map<Side, Subject> servers = new HashMap<>();

    private Comparison(Settings settings, Row row, PrintWriter progress) {
        this.settings = settings;
        this.row = row;
        this.progress = progress;
    }

    /** Runs all rounds of one row. A side that fails is left out of the rounds that follow. */
    static Result run(Settings settings, Row row, PrintWriter progress) throws IOException {
        Comparison comparison = new Comparison(settings, row, progress);
        try {
            comparison.measureAll();
        } finally {
            for (Subject server : comparison.servers.values()) {
                server.close();
            }
        }
        return new Result(row, comparison.samples, comparison.failures);
    }

    private void measureAll() {
        for (int round = 0; round < settings.rounds(); round++) {
            for (Side side : order(round)) {
                if (!failures.containsKey(side)) {
                    measure(side);
                }
            }
        }
    }

    /** The sides that can run the row; every second round starts from the other end. */
    private List<Side> order(int round) {
        List<Side> sides = new ArrayList<>();
        for (Side side : settings.sides()) {
            if (row.echoes() || side.kind() != ServerKind.ECHO) {
                sides.add(round % 2 == 0 ? sides.size() : 0, side);
            }
        }
        return sides;
    }

    private Subject start(Side side) throws IOException {
        return settings.members() == 1
                ? Server.start(side, settings.folder())
                : Ensemble.start(side, settings.folder(), settings.members());
    }

    private void measure(Side side) {
        try {
            if (!servers.containsKey(side)) {
                servers.put(side, start(side));
            }
            Sample sample = row.action().run(servers.get(side), settings.plan());
            samples.computeIfAbsent(side, key -> new ArrayList<>()).add(sample);
            progress.printf("%s %s: %s%n", row.name(), side.label(), Report.line(sample));
            if (row.freshServer()) {
                servers.remove(side).close();
            }
        } catch (IOException | RuntimeException e) {
            failures.put(side, e.toString());
            progress.printf("%s %s failed: %s%n", row.name(), side.label(), e);
            if (servers.containsKey(side)) {
                progress.println(servers.get(side).lastOutput());
            }
        }
        progress.flush();
    }
}
