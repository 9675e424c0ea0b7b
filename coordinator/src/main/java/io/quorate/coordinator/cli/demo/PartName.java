package io.quorate.coordinator.cli.demo;

import java.util.List;
import java.util.Locale;

/**
 * What a part of the demo is called.
 *
 * @param which the number of a server or broker, the name of a member
 */
record PartName(Kind kind, String which) {

    /** What there is, in the order of starting. */
    enum Kind {
        SERVER("[1-3]", "a number from 1 to 3"),
        BROKER("[1-9]", "a number from 1 to 9"),
        MEMBER("[a-z]+", "a name of small letters");

        static final List<Kind> LAST_FIRST = List.of(MEMBER, BROKER, SERVER);

        private final String form;
        private final String explanation;

        Kind(String form, String explanation) {
            this.form = form;
            this.explanation = explanation;
        }

        /** As it is typed. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads what was typed.
     *
     * @throws IllegalArgumentException with the reason, for people
     */
    static PartName of(String word, String which) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                if (!which.matches(kind.form)) {
                    throw new IllegalArgumentException("a " + word + " has " + kind.explanation);
                }
                return new PartName(kind, which);
            }
        }
        throw new IllegalArgumentException("there are servers, brokers and members here, and no " + word);
    }

    @Override
    public String toString() {
        return kind.word() + " " + which;
    }
}
