package io.quorate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes results as Markdown. The summary has one line for each row: rates with their ratio, CPU and latencies, medians
 * only. The details have one line for each row and metric: median and range for each side, and the ratio.
 */
final class Report {

    private static final List<Metric> LATENCIES = List.of(Metric.P50, Metric.P99, Metric.P999);

    private final List<Side> sides;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder summary = new StringBuilder();
    private final StringBuilder details = new StringBuilder();

    /** The ratio of a line is that of the first two sides, second to first. */
    Report(List<Side> sides, String machine, String conditions) {
        this.sides = sides;
        head.append(machine).append(".\n").append(conditions).append(".\n");
        sides.forEach(side -> head.append("- ").append(side).append("\n"));
        head.append("\n");
        List<String> wide = new ArrayList<>(List.of("Row"));
        List<String> headings = new ArrayList<>(List.of("Row", "Metric"));
        for (Side side : sides) {
            wide.addAll(List.of(side.label() + " op/s", "CPU µs/op", "p50 / p99 / p99.9 µs"));
            headings.add(side.label());
        }
        wide.add("Ratio op/s");
        headings.add("Ratio");
        startTable(summary, wide);
        startTable(details, headings);
    }

    /** Appends a row's lines. */
    void add(Result result) {
        summarize(result);
        for (Metric metric : Metric.values()) {
            if (sides.stream().anyMatch(side -> result.spread(side, metric).isPresent())) {
                add(result, metric);
            }
        }
        for (Side side : sides) {
            String failure = result.failures().get(side);
            if (failure != null) {
                List<String> cells = new ArrayList<>(List.of(result.row().title(), "failed"));
                cells.add(side.label() + ": " + firstLine(failure));
                while (cells.size() < sides.size() + 3) {
                    cells.add("");
                }
                line(details, cells);
            }
        }
    }

    /** One sample on one line, for the progress of a run. */
    static String line(Sample sample) {
        return sample.values().entrySet().stream()
                .sorted((a, b) -> a.getKey().compareTo(b.getKey()))
                .map(entry -> entry.getKey().title() + " " + number(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return head + "Medians:\n\n" + summary + "\nMedian (minimum to maximum) of the rounds:\n\n" + details;
    }

    private void summarize(Result result) {
        List<String> cells = new ArrayList<>(List.of(result.row().title()));
        for (Side side : sides) {
            cells.add(median(result, side, Metric.RATE));
            cells.add(median(result, side, Metric.SERVER_CPU));
            cells.add(LATENCIES.stream()
                    .map(metric -> median(result, side, metric))
                    .collect(Collectors.joining(" / ")));
        }
        cells.add(ratio(result, Metric.RATE));
        line(summary, cells);
    }

    private static String median(Result result, Side side, Metric metric) {
        return result.spread(side, metric)
                .map(spread -> number(spread.median()))
                .orElse("–");
    }

    private void add(Result result, Metric metric) {
        List<String> cells = new ArrayList<>(List.of(result.row().title(), metric.title()));
        for (Side side : sides) {
            cells.add(result.spread(side, metric).map(Report::spread).orElse("–"));
        }
        cells.add(ratio(result, metric));
        line(details, cells);
    }

    private String ratio(Result result, Metric metric) {
        if (sides.size() < 2) {
            return "";
        }
        Optional<Result.Spread> left = result.spread(sides.get(0), metric);
        Optional<Result.Spread> right = result.spread(sides.get(1), metric);
        if (left.isEmpty() || right.isEmpty() || left.get().median() == 0) {
            return "–";
        }
        return String.format(
                Locale.ROOT, "%.2f", right.get().median() / left.get().median());
    }

    static void startTable(StringBuilder table, List<String> headings) {
        line(table, headings);
        line(table, headings.stream().map(heading -> "---").toList());
    }

    static void line(StringBuilder table, List<String> cells) {
        table.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Median and range as text. */
    static String spread(Result.Spread spread) {
        return number(spread.median()) + " (" + number(spread.min()) + " to " + number(spread.max()) + ")";
    }

    /** Three digits, or all before the point. */
    static String number(double value) {
        String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String firstLine(String failure) {
        return failure.lines().findFirst().orElse("");
    }
}
