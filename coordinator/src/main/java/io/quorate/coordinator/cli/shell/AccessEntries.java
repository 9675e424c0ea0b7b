package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.tree.AclText;
import io.quorate.coordinator.cli.tree.StatText;
import io.quorate.coordinator.cli.tree.SubTree;
import io.quorate.wire.client.NodeAcl;
import io.quorate.wire.client.NodeStat;
import io.quorate.wire.proto.Acl;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The commands about who may do what. */
final class AccessEntries {

    static final List<ShellEntry> ALL = List.of(
            ShellEntry.of("addauth", "scheme auth", "", 1, AccessEntries::addAuth),
            ShellEntry.of("getAcl", "[-s] path", "s", 1, AccessEntries::getAcl),
            ShellEntry.of("setAcl", "[-s] [-v version] [-R] path acl", "s v: R", 2, AccessEntries::setAcl),
            ShellEntry.of("whoami", "", "", 0, AccessEntries::whoAmI));

    private AccessEntries() {}

    private static void addAuth(Arguments arguments, ShellSession session) {
        String auth = arguments.word(1);
        session.client().addAuth(arguments.path(), auth == null ? null : auth.getBytes(StandardCharsets.UTF_8));
    }

    private static void getAcl(Arguments arguments, ShellSession session) {
        NodeAcl node = session.client().getAcl(arguments.path());
        session.print(AclText.lines(node.acl()));
        if (arguments.has("s")) {
            session.print(StatText.lines(node.stat()));
        }
    }

    private static void setAcl(Arguments arguments, ShellSession session) throws ShellFailure {
        List<Acl> acl = AclText.parse(arguments.word(1));
        int version = arguments.version();
        List<String> paths =
                arguments.has("R") ? SubTree.paths(session.asyncClient(), arguments.path()) : List.of(arguments.path());
        for (String path : paths) {
            NodeStat node = session.client().setAcl(path, acl, version);
            if (arguments.has("s")) {
                session.print(StatText.lines(node.stat()));
            }
        }
    }

    private static void whoAmI(Arguments arguments, ShellSession session) {
        session.print("Auth scheme: User");
        session.client().whoAmI().forEach(info -> session.print(info.authScheme() + ": " + info.user()));
    }
}
