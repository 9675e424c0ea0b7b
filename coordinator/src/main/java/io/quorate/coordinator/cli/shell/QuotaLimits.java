package io.quorate.coordinator.cli.shell;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The figures of a quota node, limits or usage alike; -1 is no limit. Pure.
 *
 * <pre>count=5,bytes=100[=;byteHardLimit=200;countHardLimit=6]</pre>
 */
record QuotaLimits(Map<String, Long> figures) {

    static final String COUNT = "count";
    static final String BYTES = "bytes";
    static final String COUNT_HARD = "countHardLimit";
    static final String BYTES_HARD = "byteHardLimit";

    private static final long NONE = -1;

    /** No limits at all. */
    static QuotaLimits none() {
        return new QuotaLimits(new TreeMap<>(Map.of(COUNT, NONE, BYTES, NONE)));
    }

    /** Reads the data of a node; what cannot be read is left out. */
    static QuotaLimits parse(byte[] data) {
        QuotaLimits limits = none();
        for (String part : new String(data, StandardCharsets.UTF_8).split("[,;]", -1)) {
            String[] words = part.split("=", -1);
            if (words.length >= 2 && words[1].matches("-?\\d{1,18}")) {
                limits.figures.put(words[0], Long.parseLong(words[1]));
            }
        }
        return limits;
    }

    QuotaLimits with(String figure, long value) {
        Map<String, Long> changed = new TreeMap<>(figures);
        changed.put(figure, value);
        return new QuotaLimits(changed);
    }

    /** Without one limit; the two that always stand there become -1. */
    QuotaLimits without(String figure) {
        Map<String, Long> changed = new TreeMap<>(figures);
        changed.computeIfPresent(figure, (name, value) -> NONE);
        return new QuotaLimits(changed);
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String hard = figures.entrySet().stream()
                .filter(each -> !each.getKey().equals(COUNT) && !each.getKey().equals(BYTES))
                .map(each -> ";" + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining());
        return COUNT + "=" + figures.get(COUNT) + "," + BYTES + "=" + figures.get(BYTES)
                + (hard.isEmpty() ? "" : "=" + hard);
    }
}
