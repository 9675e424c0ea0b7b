package io.quorate.coordinator.cli.shell;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The table of the shell's commands. */
final class ShellEntries {

    private static final SortedMap<String, ShellEntry> BY_NAME = byName();

    private ShellEntries() {}

    private static SortedMap<String, ShellEntry> byName() {
        SortedMap<String, ShellEntry> table = new TreeMap<>();
        Stream.of(
                        NodeEntries.ALL,
                        AccessEntries.ALL,
                        WatchEntries.ALL,
                        QuotaEntries.ALL,
                        MembershipEntries.ALL,
                        ControlEntries.ALL)
                .flatMap(List::stream)
                .forEach(entry -> table.put(entry.name(), entry));
        return table;
    }

    /** The command of a name, or null. */
    static ShellEntry find(String name) {
        return BY_NAME.get(name);
    }

    /** The names, in order. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** How the shell is called, and one line for each command. */
    static Stream<String> usage() {
        return Stream.concat(
                Stream.of("quorate shell --server host:port cmd args"),
                BY_NAME.values().stream().map(entry -> "\t" + entry.usage()));
    }
}
