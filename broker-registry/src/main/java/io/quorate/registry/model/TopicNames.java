package io.quorate.registry.model;

import java.util.Collection;

/** Owns which names topics may have (registry spec 1.2). */
public final class TopicNames {
    /** How long a name may be. */
    public static final int LENGTH_MAX = 249;

    private TopicNames() {}

    /** Why this is not a name for a topic; null if it is one. */
    public static String objection(String name) {
        if (name == null || name.isEmpty()) {
            return "a topic needs a name";
        }
        if (name.equals(".") || name.equals("..")) {
            return "a topic cannot be called " + name;
        }
        if (name.length() > LENGTH_MAX) {
            return "the name has " + name.length() + " characters, more than " + LENGTH_MAX;
        }
        boolean legal = name.chars().allMatch(TopicNames::isLegal);
        return legal ? null : "the name has characters other than letters, digits, '.', '_' and '-': " + name;
    }

    /** A topic among these whose name would look the same in metrics, where dots become underscores; null if there is none. */
    public static String collision(String name, Collection<String> existing) {
        String folded = name.replace('.', '_');
        for (String other : existing) {
            if (!other.equals(name) && other.replace('.', '_').equals(folded)) {
                return other;
            }
        }
        return null;
    }

    private static boolean isLegal(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
    }
}
