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
            ShellEntry.of("removewatches", "path [-c|-d|-p|-r|-a] [-l]", "c d p r a l", 1, WatchEntries::remove));

    private WatchEntries() {}

    private static void add(Arguments arguments, ShellSession session) throws ShellFailure {
        session.client().addWatch(arguments.path(), mode(arguments), session.watcher());
    }

    private static AddWatchMode mode(Arguments arguments) throws ShellFailure {
        if (!arguments.has("m")) {
            return AddWatchMode.PERSISTENT_RECURSIVE;
        }
        for (AddWatchMode mode : AddWatchMode.values()) {
            if (mode.name().equalsIgnoreCase(arguments.value("m"))) {
                return mode;
            }
        }
        throw new ShellFailure(ShellEntries.find("addWatch").usage());
    }

    private static void print(Arguments arguments, ShellSession session) {
        if (arguments.words().isEmpty()) {
            session.print("printwatches is " + (session.printsWatches() ? "on" : "off"));
        } else {
            session.printWatches(arguments.path().equals("on"));
        }
    }

    /** Option l is for when there is no connection; with one it changes nothing. */
    private static void remove(Arguments arguments, ShellSession session) throws ShellFailure {
        if (arguments.has("l") && !session.asyncClient().isConnected()) {
            throw new ShellFailure(
                    "no connection, and watches are not removed without the server: leave out -l to wait");
        }
        session.client().removeWatches(arguments.path(), type(arguments));
    }

    private static WatcherType type(Arguments arguments) {
        if (arguments.has("c")) {
            return WatcherType.CHILDREN;
        }
        if (arguments.has("d")) {
            return WatcherType.DATA;
        }
        if (arguments.has("p")) {
            return WatcherType.PERSISTENT;
        }
        return arguments.has("r") ? WatcherType.PERSISTENT_RECURSIVE : WatcherType.ANY;
    }
}
