package io.quorate.coordinator.cli.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows under heads, in columns as wide as their longest value. Not thread-safe. */
public final class Table {

    private static final String GAP = "  ";
    private static final String GAP_OF_KAFKA = " ";

    /** What stands for a value that is not known, or that there is none of. */
    public static final String NONE = "-";

    private final List<List<String>> rows = new ArrayList<>();
    private final String gap;
    private final int[] widths;

    /** A table with these heads and no rows. */
    public Table(String... heads) {
        this(GAP, new int[heads.length], heads);
    }

    private Table(String gap, int[] widths, String... heads) {
        this.gap = gap;
        this.widths = widths;
        add((Object[]) heads);
    }

    /** A table as Kafka's tools print it: columns have a width at least, and one blank between them. */
    public static Table ofKafka(List<Integer> widths, String... heads) {
        return new Table(
                GAP_OF_KAFKA, widths.stream().mapToInt(Integer::intValue).toArray(), heads);
    }

    /** One more row; null becomes {@link #NONE}. */
    public Table row(Object... values) {
        add(values);
        return this;
    }

    private void add(Object... values) {
        if (values.length != widths.length) {
            throw new IllegalArgumentException(values.length + " values for " + widths.length + " columns");
        }
        List<String> row = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            String text = values[i] == null ? NONE : values[i].toString();
            row.add(text);
            widths[i] = Math.max(widths[i], text.length());
        }
        rows.add(row);
    }

    /** The heads and the rows, without blanks at the ends of lines. */
    public Stream<String> lines() {
        return rows.stream().map(this::line);
    }

    /** How many rows it holds, the heads among them. */
    public int size() {
        return rows.size();
    }

    /** The lines of what it holds, and forgets that; the columns of what comes next are at least as wide. */
    public List<String> takeLines() {
        List<String> taken = lines().toList();
        rows.clear();
        return taken;
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String value = row.get(i);
            line.append(value);
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - value.length())).append(gap);
            }
        }
        return line.toString().stripTrailing();
    }
}
