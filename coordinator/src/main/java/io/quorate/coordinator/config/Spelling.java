package io.quorate.coordinator.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which key somebody meant who wrote one that does not exist. */
final class Spelling {

    private static final int FAR = 3;

    private Spelling() {}

    /** Words to append to a message: the nearest key, or nothing if none is near. */
    static String hint(String name) {
        String bare = name.startsWith("zookeeper.") ? name.substring("zookeeper.".length()) : name;
        return Arrays.stream(ConfigKey.values())
                .filter(key -> !key.isFamily())
                .map(ConfigKey::key)
                .min(Comparator.comparingInt(key -> distance(bare, key)))
                .filter(key -> distance(bare, key) < FAR)
                .map(key -> "; did you mean " + key + "?")
                .orElse("");
    }

    /** How many letters have to be put in, taken out or changed; the case does not count. */
    static int distance(String one, String other) {
        String left = one.toLowerCase(Locale.ROOT);
        String right = other.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
