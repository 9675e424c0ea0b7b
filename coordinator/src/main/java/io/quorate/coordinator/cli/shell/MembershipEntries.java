package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.tree.DataText;
import io.quorate.coordinator.cli.tree.StatText;
import io.quorate.wire.client.NodeData;
import io.quorate.wire.client.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The commands about the members of the ensemble. */
final class MembershipEntries {

    static final List<ShellEntry> ALL = List.of(
            ShellEntry.of("config", "[-c] [-w] [-s]", "c w s", 0, MembershipEntries::show),
            ShellEntry.of(
                    "reconfig",
                    "[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | [-add"
                            + " serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]",
                    "s v: file: members: add: remove:",
                    0,
                    MembershipEntries::change));

    private MembershipEntries() {}

    private static void show(Arguments arguments, ShellSession session) {
        Watcher watcher = session.watcher();
        NodeData config = arguments.has("w")
                ? session.client().getConfig(watcher)
                : session.client().getConfig();
        String text = config.data() == null ? "" : DataText.plain(config.data());
        session.print(arguments.has("c") ? forClients(text) : text);
        if (arguments.has("s")) {
            session.print(StatText.lines(config.stat()));
        }
    }

    /** The version, and where clients find the members that say so. */
    private static String forClients(String config) {
        String version = config.lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()))
                .findFirst()
                .orElse("");
        String addresses = config.lines()
                .filter(line -> line.startsWith("server.") && line.indexOf(';') > 0)
                .map(line -> line.substring(line.indexOf(';') + 1))
                .collect(Collectors.joining(","));
        return (version + " " + addresses).strip();
    }

    private static void change(Arguments arguments, ShellSession session) throws ShellFailure {
        boolean whole = arguments.has("file") || arguments.has("members");
        boolean steps = arguments.has("add") || arguments.has("remove");
        if (whole == steps || (arguments.has("file") && arguments.has("members"))) {
            throw new ShellFailure(ShellEntries.find("reconfig").usage());
        }
        long version = arguments.has("v") ? Long.parseUnsignedLong(arguments.value("v"), 16) : -1;
        String members = arguments.has("file") ? read(arguments.value("file")) : arguments.value("members");
        NodeData config =
                session.client().reconfig(arguments.value("add"), arguments.value("remove"), members, version);
        session.print("Committed new configuration:\n" + DataText.plain(config.data()));
        if (arguments.has("s")) {
            session.print(StatText.lines(config.stat()));
        }
    }

    private static String read(String file) throws ShellFailure {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith("server."))
                    .collect(Collectors.joining(","));
        } catch (IOException e) {
            throw new ShellFailure("Error processing " + file + ": " + e.getMessage(), e);
        }
    }
}
