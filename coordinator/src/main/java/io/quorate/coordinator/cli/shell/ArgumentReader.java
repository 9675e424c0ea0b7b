package io.quorate.coordinator.cli.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the words behind a command apart as ZooKeeper's shell does: options may stand anywhere up to {@code --}, those of one
 * letter may be joined ({@code -se}), and a value may stand behind its option, close to it, or after an equals sign
 * ({@code -v 3}, {@code -v3}, {@code -v=3}). A negative number is a word. Pure; for one line.
 */
final class ArgumentReader {

    private final List<String> known;
    private final List<String> typed;
    private final Map<String, String> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private int next;

    /** @param known the options there are; a colon behind those with a value */
    ArgumentReader(List<String> known, List<String> typed) {
        this.known = known;
        this.typed = typed;
    }

    Arguments read() throws ShellFailure {
        boolean onlyWords = false;
        while (next < typed.size()) {
            String word = typed.get(next++);
            if (onlyWords || !looksLikeOption(word)) {
                words.add(word);
            } else if (word.equals("--")) {
                onlyWords = true;
            } else {
                take(word);
            }
        }
        return new Arguments(options, words);
    }

    private static boolean looksLikeOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
    }

    private void take(String word) throws ShellFailure {
        String text = word.substring(1);
        int equals = text.indexOf('=');
        if (known.contains(text)) {
            options.put(text, "");
        } else if (takesValue(text)) {
            options.put(text, nextValue(text));
        } else if (equals > 0 && takesValue(text.substring(0, equals))) {
            options.put(text.substring(0, equals), text.substring(equals + 1));
        } else {
            takeJoined(word);
        }
    }

    private void takeJoined(String word) throws ShellFailure {
        for (int i = 1; i < word.length(); i++) {
            String name = word.substring(i, i + 1);
            if (takesValue(name)) {
                options.put(name, i + 1 < word.length() ? word.substring(i + 1) : nextValue(name));
                return;
            }
            if (!known.contains(name)) {
                throw new ShellFailure("Unrecognized option: " + word);
            }
            options.put(name, "");
        }
    }

    private boolean takesValue(String name) {
        return known.contains(name + ":");
    }

    private String nextValue(String name) throws ShellFailure {
        if (next == typed.size() || isKnownOption(typed.get(next))) {
            throw new ShellFailure("Missing argument for option: " + name);
        }
        return typed.get(next++);
    }

    /** Whether a word is an option, or some joined, and so no value of the option before it. */
    private boolean isKnownOption(String word) {
        if (!looksLikeOption(word)) {
            return false;
        }
        String name = word.substring(1).replaceFirst("=.*", "");
        String letter = word.substring(1, 2);
        return word.equals("--") || isKnown(name) || isKnown(letter);
    }

    private boolean isKnown(String name) {
        return known.contains(name) || takesValue(name);
    }
}
