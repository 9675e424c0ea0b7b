package io.quorate.coordinator.cli.answer;

/** How answers are printed. */
public enum OutputFormat {
    TABLE,
    JSON;

    /** As it is typed. */
    @Override
    public String toString() {
        return switch (this) {
            case TABLE -> "table";
            case JSON -> "json";
        };
    }
}
