package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ConfigKey;
import io.quorate.coordinator.config.KeyStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the settings: what works first, then what is only accepted, then what is not built yet. */
final class KeyTable {

    private KeyTable() {}

    /** A table in Markdown for each status. */
    static List<String> markdown() {
        List<String> lines = new ArrayList<>();
        for (KeyStatus status : KeyStatus.values()) {
            lines.addAll(List.of(
                    "### " + title(status), "", "| Key | Default | System property | Meaning |", "|---|---|---|---|"));
            keys(status)
                    .forEach(key -> lines.add("| `%s` | %s | %s | %s |"
                            .formatted(key.key(), quoted(fallback(key)), properties(key), key.doc())));
            lines.add("");
        }
        return lines.subList(0, lines.size() - 1);
    }

    /** For a terminal: two lines for each key. */
    static List<String> text() {
        List<String> lines = new ArrayList<>();
        for (KeyStatus status : KeyStatus.values()) {
            lines.add(title(status));
            for (ConfigKey key : keys(status)) {
                lines.add("  " + key.key() + (key.fallback().isEmpty() ? "" : " = " + fallback(key)));
                lines.add("      " + key.doc());
                lines.add("      Expects " + key.expects() + ".");
            }
        }
        return lines;
    }

    private static List<ConfigKey> keys(KeyStatus status) {
        return Arrays.stream(ConfigKey.values())
                .filter(key -> key.status() == status)
                .toList();
    }

    private static String title(KeyStatus status) {
        return switch (status) {
            case BUILT -> "Settings that work";
            case ACCEPTED -> "Settings that are accepted and have no effect";
            case LATER -> "Settings of ZooKeeper that are not built yet";
        };
    }

    private static String fallback(ConfigKey key) {
        String unit = key.unit().isEmpty() || key.fallback().isEmpty() ? "" : " " + key.unit();
        return key.fallback() + unit;
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String properties(ConfigKey key) {
        return key.properties().stream().map(property -> "`-D" + property + "`").collect(Collectors.joining(", "));
    }
}
