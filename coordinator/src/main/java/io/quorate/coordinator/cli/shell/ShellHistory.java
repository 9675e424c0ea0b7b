package io.quorate.coordinator.cli.shell;

import java.util.ArrayList;
import java.util.List;

/** Owns what was typed, counted from 0. Not thread-safe. */
final class ShellHistory {

    /** So many before the last one are shown. */
    private static final int SHOWN = 10;

    private final List<String> lines = new ArrayList<>();

    void add(String line) {
        lines.add(line);
    }

    /** The number of the next command. */
    int next() {
        return lines.size();
    }

    /** The last ones, each with its number. */
    List<String> recent() {
        List<String> recent = new ArrayList<>();
        for (int i = Math.max(0, lines.size() - 1 - SHOWN); i < lines.size(); i++) {
            recent.add(i + " - " + lines.get(i));
        }
        return recent;
    }

    /** What was typed under a number, and takes the place of the line that asks for it. */
    String redo(long number) throws ShellFailure {
        if (number < 0 || number >= lines.size() - 1) {
            throw new ShellFailure("Command index out of range");
        }
        String line = lines.get((int) number);
        if (Words.of(line).get(0).equals("redo")) {
            throw new ShellFailure("No redoing redos");
        }
        lines.set(lines.size() - 1, line);
        return line;
    }
}
