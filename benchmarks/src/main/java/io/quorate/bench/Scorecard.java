package io.quorate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects figures of both sides and compares them with their targets; written as one Markdown table. */
final class Scorecard {

    private static final String NOTHING = "–";

    private final String title;
    private final List<Side> sides;
    private final Map<Goal, Map<Side, List<Double>>> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** What the last of the sides gives is compared with the targets. */
    Scorecard(String title, List<Side> sides) {
        this.title = title;
        this.sides = sides;
    }

    /** One more value of a figure; {@code side} null for one that does not depend on servers. */
    void add(Goal goal, Side side, double value) {
        figures.computeIfAbsent(goal, any -> new LinkedHashMap<>())
                .computeIfAbsent(side == null ? last() : side, any -> new ArrayList<>())
                .add(value);
    }

    /** Something did not come to its end. */
    void fail(Side side, String what, Throwable failure) {
        failures.add(side.label() + ", " + what + ": "
                + failure.toString().lines().findFirst().orElse(""));
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** Writes cards into a file in the servers' folder, and prints them. */
    static void publish(List<Scorecard> cards, String conditions, Servers servers, String file, PrintWriter out)
            throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(Machine.describe(servers.folder))
                .append(".\n")
                .append(conditions)
                .append(".\n");
        text.append("Medians, with minimum and maximum where there are several values.\n");
        servers.sides().forEach(side -> text.append("- ").append(side).append('\n'));
        text.append('\n');
        cards.forEach(text::append);
        Files.writeString(servers.folder.resolve(file), text);
        out.print(text);
        out.flush();
    }

    private Side last() {
        return sides.get(sides.size() - 1);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("## " + title + "\n\n");
        List<String> headings = new ArrayList<>(List.of("Scenario"));
        sides.forEach(side -> headings.add(side.label()));
        headings.addAll(List.of("must", "goal", "met"));
        Report.startTable(text, headings);
        figures.forEach((goal, bySide) -> line(text, goal, bySide));
        failures.forEach(failure -> text.append("\nFailed: ").append(failure).append('\n'));
        return text.append('\n').toString();
    }

    private void line(StringBuilder text, Goal goal, Map<Side, List<Double>> bySide) {
        List<String> cells = new ArrayList<>(List.of(goal.figure()));
        for (Side side : sides) {
            cells.add(bySide.containsKey(side) ? cell(bySide.get(side)) : NOTHING);
        }
        cells.addAll(Arrays.asList(target(goal, goal.must()), target(goal, goal.goal())));
        cells.add(
                bySide.containsKey(last())
                        ? goal.verdict(spread(bySide.get(last())).median())
                        : "");
        Report.line(text, cells);
    }

    private static String target(Goal goal, double target) {
        return Double.isNaN(target) ? NOTHING : (goal.moreIsBetter() ? "≥ " : "≤ ") + Report.number(target);
    }

    private static String cell(List<Double> values) {
        return values.size() == 1 ? Report.number(values.get(0)) : Report.spread(spread(values));
    }

    private static Result.Spread spread(List<Double> values) {
        return Result.Spread.of(values.stream().mapToDouble(Double::doubleValue));
    }
}
