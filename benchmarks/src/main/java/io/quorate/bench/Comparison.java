package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Owns the order of a comparison: row by row, and in each row round by round, the sides taking turns, so that whatever
 * else happens on the machine happens to all of them. The servers of a row run together; those that wait are idle.
 */
final class Comparison {

    /** What is the same for all rows. {@code jvm} options go to every server. */
    record Settings(List<Side> sides, int rounds, Plan plan, Path folder, List<String> jvm) {}

    private final Settings settings;
    private final PrintWriter progress;

    Comparison(Settings settings, PrintWriter progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs all rounds of one row. A side that fails is left out of the rounds that follow. */
    Result run(Row row) throws IOException {
        Map<Side, List<Sample>> samples = new LinkedHashMap<>();
        Map<Side, String> failures = new HashMap<>();
        Map<Side, Server> servers = new HashMap<>();
        try {
            for (int round = 0; round < settings.rounds(); round++) {
                for (Side side : order(row, round)) {
                    if (!failures.containsKey(side)) {
                        measure(row, side, servers, samples, failures);
                    }
                }
            }
        } finally {
            for (Server server : servers.values()) {
                server.close();
            }
        }
        return new Result(row, samples, failures);
    }

    /** The sides that can run the row; every second round starts from the other end. */
    private List<Side> order(Row row, int round) {
        List<Side> sides = new ArrayList<>();
        for (Side side : settings.sides()) {
            if (row.echoes() || side.kind() != ServerKind.ECHO) {
                sides.add(round % 2 == 0 ? sides.size() : 0, side);
            }
        }
        return sides;
    }

    private void measure(
            Row row,
            Side side,
            Map<Side, Server> servers,
            Map<Side, List<Sample>> samples,
            Map<Side, String> failures) {
        try {
            Server server = servers.get(side);
            if (server == null) {
                server = Server.start(side.kind(), settings.folder().resolve(folderName(side)), settings.jvm());
                servers.put(side, server);
            }
            Sample sample = row.action().run(server, settings.plan());
            samples.computeIfAbsent(side, key -> new ArrayList<>()).add(sample);
            progress.printf(Locale.ROOT, "%s %s: %s%n", row.name(), side.label(), Report.line(sample));
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

    private static String folderName(Side side) {
        return side.label().replaceAll("[^a-z0-9]", "-");
    }
}
