package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.tree.AclTable;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.proto.Acl;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects a snapshot in a form that can be compared: nodes with their lists in place of ids, in path order. */
final class StoredState implements SnapshotTarget {

    final Map<Long, Integer> sessions = new TreeMap<>();
    final Map<String, String> nodes = new TreeMap<>();
    final Map<Integer, List<Acl>> acls = new HashMap<>();

    @Override
    public void session(long id, int timeoutMillis) {
        sessions.put(id, timeoutMillis);
    }

    @Override
    public void acl(int id, List<Acl> acl) {
        acls.put(id, acl);
    }

    @Override
    public void node(String path, NodeImage image) {
        assertThat(path.isEmpty() || nodes.containsKey(path.substring(0, path.lastIndexOf('/'))))
                .as("the parent of " + path + " came before")
                .isTrue();
        List<Acl> acl = image.aclId() == AclTable.OPEN ? Acl.OPEN_UNSAFE : acls.get(image.aclId());
        assertThat(nodes.put(path, describe(image) + acl)).as(path).isNull();
    }

    private static String describe(NodeImage image) {
        return Arrays.toString(image.data()) + " c" + image.czxid() + " m" + image.mzxid() + " p" + image.pzxid() + " "
                + image.ctime() + " " + image.mtime() + " v" + image.version() + " cv" + image.childVersion() + " av"
                + image.aversion() + " o" + image.owner() + " ";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredState that && sessions.equals(that.sessions) && nodes.equals(that.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return sessions + "\n" + nodes;
    }
}
