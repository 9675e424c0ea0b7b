package io.quorate.coordinator.cli.shell;

import io.quorate.wire.client.AddWatchMode;
import io.quorate.wire.client.WatcherType;
import java.util.List;

/** The commands about watches. */
final class WatchEntries {

    static final List<ShellEntry> ALL = List.of(
            ShellEntry.of(
                    "addWatch",
                    "[-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE] - default is"
                            + " PERSISTENT_RECURSIVE",
                    "m:",
                    1,
                    WatchEntries::add),
            ShellEntry.offline("printwatches", "on|off", 0, WatchEntries::print),
            ShellEntry.of("removewatches", "path [-c|-d|-a] [-l]", "c d a l", 1, WatchEntries::remove));

    private WatchEntries() {}

    private static void add(Arguments arguments, ShellSession session) {
        String mode = arguments.has("m") ? arguments.value("m") : AddWatchMode.PERSISTENT_RECURSIVE.name();
        session.client().addWatch(arguments.path(), AddWatchMode.valueOf(mode), session.watcher());
    }

    private static void print(Arguments arguments, ShellSession session) {
        if (arguments.words().isEmpty()) {
            session.print("printwatches is " + (session.printsWatches() ? "on" : "off"));
        } else {
            session.printWatches(arguments.path().equals("on"));
        }
    }

    private static void remove(Arguments arguments, ShellSession session) {
        session.client().removeWatches(arguments.path(), type(arguments));
    }

    private static WatcherType type(Arguments arguments) {
        if (arguments.has("c")) {
            return WatcherType.CHILDREN;
        }
        return arguments.has("d") ? WatcherType.DATA : WatcherType.ANY;
    }
}
