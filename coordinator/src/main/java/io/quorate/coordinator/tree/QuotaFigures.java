package io.quorate.coordinator.tree;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** The text of quota limits and quota figures as values (semantics 5.1), keys of other versions included; −1 means none. */
record QuotaFigures(SortedMap<String, Long> values) {

    static final QuotaFigures NONE = new QuotaFigures(new TreeMap<>()).with(0, 0);

    private static final String COUNT = "count";
    private static final String BYTES = "bytes";

    /**
     * The figures in {@code data}, or null if it cannot be read. It can be read if every piece is a key, an equals sign and a
     * whole number; {@code count=} cannot, but {@code count==} followed by anything but another sign is −1.
     */
    static QuotaFigures parse(byte[] data) {
        if (data == null) {
            return null;
        }
        SortedMap<String, Long> values = new TreeMap<>();
        String text = new String(data, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return new QuotaFigures(values);
        }
        // Without a limit, split drops empty pieces at the end but not at the beginning; so does the reference.
        for (String piece : text.split("[,;]+", 0)) {
            String[] parts = piece.split("=", 0);
            Long value = parts.length < 2 ? null : number(parts[1]);
            if (value == null) {
                return null;
            }
            values.put(parts[0], value);
        }
        return new QuotaFigures(values);
    }

    private static Long number(String digits) {
        if (digits.isEmpty()) {
            return -1L;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    long count() {
        return of(COUNT);
    }

    long bytes() {
        return of(BYTES);
    }

    long countHardLimit() {
        return of("countHardLimit");
    }

    long byteHardLimit() {
        return of("byteHardLimit");
    }

    private long of(String key) {
        return values.getOrDefault(key, -1L);
    }

    QuotaFigures with(long count, long bytes) {
        SortedMap<String, Long> changed = new TreeMap<>(values);
        changed.put(COUNT, count);
        changed.put(BYTES, bytes);
        return new QuotaFigures(changed);
    }

    /** The text that {@link #parse} reads: count and bytes, then the other keys in alphabetical order. */
    byte[] text() {
        StringBuilder text = new StringBuilder("count=" + count() + ",bytes=" + bytes());
        String separator = "=;";
        for (String key : values.keySet()) {
            if (!COUNT.equals(key) && !BYTES.equals(key)) {
                text.append(separator).append(key).append('=').append(values.get(key));
                separator = ";";
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
