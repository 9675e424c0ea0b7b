package io.quorate.coordinator.cli.brokers;

import java.util.Map;
import java.util.function.Consumer;

/**
 * How many replicas in sync a partition needs, by the configs that the tree knows. A value that is no number counts as none, and is
 * told: one wrong config must not hide all topics. Pure but for what it tells.
 */
final class MinIsr {

    static final String KEY = "min.insync.replicas";
    private static final int DEFAULT = 1;

    private final int ofAll;
    private final Consumer<String> notices;

    /** @param ofAllBrokers their configs; {@code notices} hears sentences for people */
    MinIsr(Map<String, String> ofAllBrokers, Consumer<String> notices) {
        this.notices = notices;
        this.ofAll = read(ofAllBrokers, "all brokers", DEFAULT);
    }

    /** For the partitions of a topic with these configs. */
    int of(String topic, Map<String, String> config) {
        return read(config, "topic " + topic, ofAll);
    }

    private int read(Map<String, String> config, String whose, int otherwise) {
        String text = config.get(KEY);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            notices.accept(KEY + "=" + text + " of " + whose + " is no number; counted as " + otherwise);
            return otherwise;
        }
    }
}
