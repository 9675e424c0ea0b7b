package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.tree.AclText;
import io.quorate.coordinator.cli.tree.DataText;
import io.quorate.coordinator.cli.tree.StatText;
import io.quorate.coordinator.cli.tree.SubTree;
import io.quorate.wire.client.Children;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.Created;
import io.quorate.wire.client.NodeData;
import io.quorate.wire.client.NodeStat;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Stat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The commands about nodes and their data. */
final class NodeEntries {

    private static final int DELETE_BATCH = 1000;

    static final List<ShellEntry> ALL = List.of(
            ShellEntry.of("create", "[-s] [-e] [-c] [-t ttl] path [data] [acl]", "s e c t:", 1, NodeEntries::create),
            ShellEntry.of("delete", "[-v version] path", "v:", 1, NodeEntries::delete),
            ShellEntry.of("deleteall", "path [-b batch size]", "b:", 1, NodeEntries::deleteAll),
            ShellEntry.of("get", "[-s] [-w] [-b] [-x] path", "s w b x", 1, NodeEntries::get),
            ShellEntry.of("getAllChildrenNumber", "path", "", 1, NodeEntries::countDescendants),
            ShellEntry.of("getEphemerals", "path", "", 0, NodeEntries::ephemerals),
            ShellEntry.of("ls", "[-s] [-w] [-R] path", "s w R", 1, NodeEntries::ls),
            ShellEntry.of("set", "path data [-s] [-v version] [-b]", "s v: b", 2, NodeEntries::set),
            ShellEntry.of("stat", "[-w] path", "w", 1, NodeEntries::stat),
            ShellEntry.of("sync", "path", "", 1, NodeEntries::sync));

    private NodeEntries() {}

    private static void create(Arguments arguments, ShellSession session) throws ShellFailure {
        CreateMode mode = mode(arguments);
        String data = arguments.word(1);
        byte[] bytes = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        List<Acl> acl = arguments.word(2) == null ? Acl.OPEN_UNSAFE : AclText.parse(arguments.word(2));
        Created created = mode.hasTtl()
                ? session.client().createTtl(arguments.path(), bytes, acl, mode, arguments.number("t", 0))
                : session.client().create(arguments.path(), bytes, acl, mode);
        session.print("Created " + created.path());
    }

    private static CreateMode mode(Arguments arguments) throws ShellFailure {
        boolean sequential = arguments.has("s");
        boolean ephemeral = arguments.has("e");
        if (arguments.has("c") && (sequential || ephemeral)) {
            throw new ShellFailure(
                    "-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.");
        }
        if (arguments.has("t")) {
            if (ephemeral || arguments.has("c")) {
                throw new ShellFailure("TTLs cannot be used with Ephemeral or Container znodes");
            }
            return sequential ? CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL : CreateMode.PERSISTENT_WITH_TTL;
        }
        if (arguments.has("c")) {
            return CreateMode.CONTAINER;
        }
        if (ephemeral) {
            return sequential ? CreateMode.EPHEMERAL_SEQUENTIAL : CreateMode.EPHEMERAL;
        }
        return sequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
    }

    private static void delete(Arguments arguments, ShellSession session) throws ShellFailure {
        session.client().delete(arguments.path(), arguments.version());
    }

    private static void deleteAll(Arguments arguments, ShellSession session) throws ShellFailure {
        long batch = arguments.number("b", DELETE_BATCH);
        if (batch < 1) {
            throw new ShellFailure("the batch size is a number from 1 on");
        }
        SubTree.delete(session.asyncClient(), arguments.path(), (int) Math.min(batch, DELETE_BATCH));
    }

    private static void get(Arguments arguments, ShellSession session) {
        NodeData node = watches("get", "[-s] [-w]", arguments, session)
                ? session.client().getData(arguments.path(), session.watcher())
                : session.client().getData(arguments.path());
        if (arguments.has("x")) {
            session.print(DataText.dump(node.data()).stream());
        } else {
            session.print(arguments.has("b") ? DataText.base64(node.data()) : DataText.plain(node.data()));
        }
        printStat(arguments, session, node.stat());
    }

    /** Whether to watch: as an option, or as the third word of old scripts, whatever that is. */
    private static boolean watches(String command, String options, Arguments arguments, ShellSession session) {
        boolean old = arguments.word(1) != null;
        if (old) {
            session.printError("'%1$s path [watch]' has been deprecated. Please use '%1$s %2$s path' instead."
                    .formatted(command, options));
        }
        return old || arguments.has("w");
    }

    private static void printStat(Arguments arguments, ShellSession session, Stat stat) {
        if (arguments.has("s")) {
            session.print(StatText.lines(stat));
        }
    }

    private static void countDescendants(Arguments arguments, ShellSession session) {
        session.print(Integer.toString(session.client().getAllChildrenNumber(arguments.path())));
    }

    private static void ephemerals(Arguments arguments, ShellSession session) {
        String prefix = arguments.word(0) == null ? "/" : arguments.path();
        session.print(session.client().getEphemerals(prefix).toString());
    }

    private static void ls(Arguments arguments, ShellSession session) {
        if (arguments.has("R")) {
            session.print(SubTree.paths(session.asyncClient(), arguments.path()).stream());
            return;
        }
        Children children = watches("ls", "[-w]", arguments, session)
                ? session.client().getChildren(arguments.path(), session.watcher())
                : session.client().getChildren(arguments.path());
        session.print(children.names().stream().sorted().toList().toString());
        printStat(arguments, session, children.stat());
    }

    private static void set(Arguments arguments, ShellSession session) throws ShellFailure {
        String data = arguments.word(1);
        byte[] bytes = arguments.has("b") ? Base64.getDecoder().decode(data) : data.getBytes(StandardCharsets.UTF_8);
        NodeStat node = session.client().setData(arguments.path(), bytes, arguments.version());
        printStat(arguments, session, node.stat());
    }

    private static void stat(Arguments arguments, ShellSession session) throws ShellFailure {
        NodeStat node = watches("stat", "[-w]", arguments, session)
                ? session.client().exists(arguments.path(), session.watcher())
                : session.client().exists(arguments.path());
        if (!node.exists()) {
            throw new ShellFailure("Node does not exist: " + arguments.path());
        }
        session.print(StatText.lines(node.stat()));
    }

    private static void sync(Arguments arguments, ShellSession session) {
        session.client().sync(arguments.path());
        session.print("Sync is OK");
    }
}
