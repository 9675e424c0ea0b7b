package io.quorate.coordinator.cli.shell;

import java.util.ArrayList;
import java.util.HashMap;
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
        List<String> names = List.of(known.split(" ", -1));
        Map<String, String> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            if (!isOption(word)) {
                words.add(word);
                continue;
            }
            String name = word.substring(1);
            if (names.contains(name)) {
                options.put(name, "");
            } else if (names.contains(name + ":")) {
                i++;
                if (i == typed.size()) {
                    throw new ShellFailure("Missing argument for option: " + name);
                }
                options.put(name, typed.get(i));
            } else {
                throw new ShellFailure("Unrecognized option: " + word);
            }
        }
        return new Arguments(options, words);
    }

    /** A negative number is a word. */
    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
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
