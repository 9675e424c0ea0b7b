package io.quorate.groups.layout;

import java.util.Locale;
import java.util.Optional;

/** Owns the ways in which a member names its topics (consumer-groups A2). */
public enum SubscriptionPattern {
    /** By their names. */
    STATIC,
    /** All that match a regular expression. */
    WHITE_LIST,
    /** All that do not match one. */
    BLACK_LIST;

    /** As it stands in a registration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that text, if there is one. */
    public static Optional<SubscriptionPattern> of(String text) {
        for (SubscriptionPattern each : values()) {
            if (each.text().equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
