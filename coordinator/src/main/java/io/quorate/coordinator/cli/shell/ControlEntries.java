package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.answer.AdminException;
import java.util.List;

/** The commands about the shell itself. */
final class ControlEntries {

    static final List<ShellEntry> ALL = List.of(
            ShellEntry.of("close", "", "", 0, (arguments, session) -> session.disconnect()),
            ShellEntry.offline("connect", "host:port", 0, ControlEntries::connect),
            ShellEntry.offline("help", "", 0, (arguments, session) -> session.print(ShellEntries.usage())),
            ShellEntry.offline(
                    "history", "", 0, (arguments, session) -> session.print(session.history().recent().stream())),
            ShellEntry.offline("quit", "", 0, (arguments, session) -> session.end()),
            ShellEntry.offline("redo", "cmdno", 1, ControlEntries::redo),
            ShellEntry.offline(
                    "version",
                    "",
                    0,
                    (arguments, session) -> session.print("Quorate shell version: " + session.version())));

    private ControlEntries() {}

    private static void connect(Arguments arguments, ShellSession session) throws ShellFailure {
        try {
            if (arguments.words().isEmpty()) {
                session.reconnect();
            } else {
                session.connect(arguments.path());
            }
        } catch (AdminException e) {
            throw new ShellFailure(e.getMessage(), e);
        }
    }

    private static void redo(Arguments arguments, ShellSession session) throws ShellFailure {
        String line = session.history().redo(Arguments.number(arguments.path()));
        session.execute(Words.of(line));
    }
}
