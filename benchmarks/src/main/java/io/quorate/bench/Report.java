package io.quorate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes results as Markdown: one table line per row and metric, median and range for each side, and the ratio. */
final class Report {

    private final List<Side> sides;
    private final StringBuilder text = new StringBuilder();

    /** The ratio of a line is that of the first two sides, second to first. */
    Report(List<Side> sides, String machine, String conditions) {
        this.sides = sides;
        text.append(machine).append(".\n").append(conditions).append(".\n");
        text.append("Median (minimum to maximum) of the rounds.\n\n");
        List<String> headings = new ArrayList<>(List.of("Row", "Metric"));
        sides.forEach(side -> headings.add(side.label()));
        headings.add("Ratio");
        line(headings);
        line(headings.stream().map(heading -> "---").toList());
    }

    /** Appends a row's lines. */
    void add(Result result) {
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
                line(cells);
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
        return text.toString();
    }

    private void add(Result result, Metric metric) {
        List<String> cells = new ArrayList<>(List.of(result.row().title(), metric.title()));
        for (Side side : sides) {
            cells.add(result.spread(side, metric).map(Report::spread).orElse("–"));
        }
        cells.add(ratio(result, metric));
        line(cells);
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

    private void line(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String spread(Result.Spread spread) {
        return number(spread.median()) + " (" + number(spread.min()) + " to " + number(spread.max()) + ")";
    }

    private static String number(double value) {
        String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String firstLine(String failure) {
        return failure.lines().findFirst().orElse("");
    }
}
