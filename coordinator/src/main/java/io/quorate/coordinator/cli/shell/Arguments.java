package io.quorate.coordinator.cli.shell;

import java.util.List;
import java.util.Map;

/**
 * The words behind a command, taken apart: options may stand anywhere. Pure.
 *
 * @param options what was given, with values for those that have one, else empty
 * @param words the others, in order
 */
record Arguments(Map<String, String> options, List<String> words) {

    /**
     * Takes words apart.
     *
     * @param known the options there are, such as {@code s w v:}; a colon behind those with a value
     */
    static Arguments parse(String known, List<String> typed) throws ShellFailure {
        return new ArgumentReader(List.of(known.split(" ", -1)), typed).read();
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The value of an option, or null. */
    String value(String option) {
        return options.get(option);
    }

    /** The value of an option that is a number. */
    long number(String option, long otherwise) throws ShellFailure {
        return has(option) ? number(value(option)) : otherwise;
    }

    /**
     * The version that option {@code v} asks for, -1 (any) without it. What is no version is refused: cut to size it could
     * mean any.
     */
    int version() throws ShellFailure {
        if (!has("v")) {
            return -1;
        }
        try {
            return Integer.parseInt(value("v"));
        } catch (NumberFormatException e) {
            throw new ShellFailure("not a version, which is a number from -1 (any) to 2147483647: " + value("v"), e);
        }
    }

    static long number(String text) throws ShellFailure {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ShellFailure("not a number: " + text, e);
        }
    }

    String path() {
        return words.get(0);
    }

    /** The word at an index, or null. */
    String word(int index) {
        return index < words.size() ? words.get(index) : null;
    }
}
