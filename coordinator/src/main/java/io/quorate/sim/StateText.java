package io.quorate.sim;

import io.quorate.coordinator.core.ServerView;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.tree.Znode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A server's whole state as text: sessions with their nodes, and the tree with access lists, but for its system nodes. */
final class StateText {

    private static final String SYSTEM = "/zookeeper";

    private final List<String> lines = new ArrayList<>();

    void read(ServerView view) {
        view.sessions()
                .forEach(session -> lines.add("session %x, %d ms, owns %s"
                        .formatted(
                                session.id(),
                                session.timeoutMillis(),
                                session.ephemerals().stream().sorted().toList())));
        read(view.tree(), view.tree().root());
    }

    private void read(DataTree tree, Znode node) {
        lines.add("%s = %s %s %s".formatted(node.path(), Arrays.toString(node.data()), node.stat(), tree.acl(node)));
        for (String name : node.childNames()) {
            String path = node.path().equals("/") || node.path().isEmpty() ? "/" + name : node.path() + "/" + name;
            if (!path.equals(SYSTEM)) {
                read(tree, tree.get(path));
            }
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    /** The lines that only one of the two has. */
    static String difference(String one, String other) {
        List<String> ones = new ArrayList<>(one.lines().toList());
        List<String> others = new ArrayList<>(other.lines().toList());
        List<String> both = new ArrayList<>(ones);
        both.retainAll(others);
        ones.removeAll(both);
        others.removeAll(both);
        return "  one:   " + ones + "\n  other: " + others;
    }
}
