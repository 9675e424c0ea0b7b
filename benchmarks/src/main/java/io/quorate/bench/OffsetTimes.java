package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Measures fenced commits of offsets as members of groups make them (consumer-groups D8): ten in a transaction that also checks
 * the registration, each at the version that the member knows.
 */
final class OffsetTimes {

    private OffsetTimes() {}

    /** Starts one server, then an ensemble; measures each as fast as it can go, and at the rate at which latency is judged. */
    static void run(Side side, Path folder, Span span, Scorecard card, PrintWriter progress) {
        for (int members : new int[] {1, Ensemble.MEMBERS}) {
            try (Ensemble ensemble = Ensemble.start(side, folder, members)) {
                String servers = members == 1 ? "1 server" : members + " servers";
                Target target = ensemble.target();
                Sample fast = Driver.run(target, Rows.offsets(0), span);
                progress.printf("%s, %s, offsets: %s%n", side.label(), servers, Report.line(fast));
                Sample paced = Driver.run(target, Rows.offsets(Rows.OFFSETS_PER_SECOND), span);
                progress.printf("%s, %s, offsets at a rate: %s%n", side.label(), servers, Report.line(paced));
                add(card, side, servers, fast, paced);
            } catch (IOException | RuntimeException e) {
                card.fail(side, "offsets", e);
                progress.printf("%s failed: %s%n", side.label(), e);
            }
            progress.flush();
        }
    }

    private static void add(Scorecard card, Side side, String servers, Sample fast, Sample paced) {
        card.add(
                Goal.atLeast(servers + ": offsets/s", 20_000, 100_000),
                side,
                fast.values().get(Metric.RATE));
        card.add(
                Goal.none(servers + ": p99 at that rate, ms"),
                side,
                fast.values().get(Metric.P99) / 1_000);
        card.add(
                Goal.atMost(servers + ": p99 at " + Rows.OFFSETS_PER_SECOND + " offsets/s, ms", 20, 5),
                side,
                paced.values().get(Metric.P99) / 1_000);
        card.add(Goal.none(servers + ": offsets/s then"), side, paced.values().get(Metric.RATE));
    }
}
