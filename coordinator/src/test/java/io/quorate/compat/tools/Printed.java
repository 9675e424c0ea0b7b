package io.quorate.compat.tools;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes apart what tools print for people. Pure. */
public final class Printed {

    private static final Pattern CONFIGS = Pattern.compile("(?<=\tConfigs: )[^\t ][^\t]*");

    private Printed() {}

    /** Lines without the blanks at their ends, and without those that are nothing else. */
    public static List<String> lines(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The lines of {@code describe} in an order of their own, because topics and configs come in any. */
    static List<String> described(String text) {
        return lines(text).stream()
                .map(line -> CONFIGS.matcher(line).replaceAll(found -> sorted(found.group(), ",")))
                .sorted()
                .toList();
    }

    /** The fields of a line of {@code describe}, such as {@code Leader: 1}. */
    static Map<String, String> fields(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : line.strip().split("\t", -1)) {
            int colon = field.indexOf(':');
            fields.put(field.substring(0, colon), field.substring(colon + 1).strip());
        }
        return fields;
    }

    /** Words that stand in any order. */
    static String sorted(String words, String separator) {
        return Arrays.stream(words.split(Pattern.quote(separator), -1)).sorted().collect(Collectors.joining(separator));
    }

    /** The rows of the table whose first head is given, each by head; what stands before it is passed over. */
    public static List<Map<String, String>> table(String firstHead, String text) {
        List<String> lines = lines(text).stream()
                .dropWhile(line -> !line.startsWith(firstHead + " "))
                .toList();
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> heads = cells(lines.get(0), 0);
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line, heads.size());
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(heads.get(i), cells.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> cells(String line, int limit) {
        return List.of(line.replace("COORDINATOR (ID)", "COORDINATOR").split(" +", limit));
    }
}
