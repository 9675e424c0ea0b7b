package io.quorate.ensemble;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetAclRequest;
import io.quorate.wire.proto.GetAclResponse;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SyncRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a client can read at one server, as text by path.
 *
 * @param zxid the last one that was applied while it was read
 * @param whole whether nothing changed meanwhile
 */
record TreeDump(long zxid, boolean whole, Map<String, String> nodes) {

    private static final int BATCH = 200;

    /** Reads everything behind a sync. */
    static TreeDump read(RawSession session) throws IOException {
        long zxid = session.call(OpCode.SYNC, new SyncRequest("/")).zxid();
        Map<String, String> nodes = new TreeMap<>();
        List<String> level = List.of("/");
        boolean whole = true;
        while (!level.isEmpty()) {
            List<String> below = new ArrayList<>();
            for (int from = 0; from < level.size(); from += BATCH) {
                List<String> paths = level.subList(from, Math.min(level.size(), from + BATCH));
                for (String path : paths) {
                    ask(session, path);
                }
                for (String path : paths) {
                    whole &= add(session, path, zxid, nodes, below);
                }
            }
            level = below;
        }
        return new TreeDump(zxid, whole, nodes);
    }

    private static void ask(RawSession session, String path) throws IOException {
        int last = session.send(OpCode.GET_DATA, new GetDataRequest(path, false));
        last += session.send(OpCode.GET_ACL, new GetAclRequest(path));
        last += session.send(OpCode.GET_CHILDREN, new GetChildrenRequest(path, false));
        assert last > 0;
    }

    /** Returns whether the node was read at the zxid of the whole. */
    private static boolean add(
            RawSession session, String path, long zxid, Map<String, String> nodes, List<String> below)
            throws IOException {
        Reply data = session.receive();
        Reply acl = session.receive();
        Reply children = session.receive();
        if (data.isError(ErrorCode.NO_NODE) || children.isError(ErrorCode.NO_NODE) || acl.isError(ErrorCode.NO_NODE)) {
            return false;
        }
        GetDataResponse found = (GetDataResponse) data.body();
        boolean isCounted = path.startsWith("/zookeeper/quota/") && path.endsWith("/zookeeper_stats");
        // Every member counts for itself, and forgets some of it when it starts.
        String value = found.data() == null || isCounted ? "" : HexFormat.of().formatHex(found.data());
        // Without reconfiguration every member writes this node itself when it starts.
        String stat = isCounted || path.equals("/zookeeper/config")
                ? ""
                : found.stat().toString();
        nodes.put(path, value + " " + stat + " " + ((GetAclResponse) acl.body()).acl());
        String prefix = path.equals("/") ? path : path + "/";
        ((GetChildrenResponse) children.body()).children().forEach(child -> below.add(prefix + child));
        return children.zxid() == zxid;
    }

    /** The nodes that are not the same in the other, up to twenty; empty if all are. */
    List<String> differencesFrom(TreeDump other) {
        Map<String, String> all = new TreeMap<>(nodes);
        all.putAll(other.nodes);
        return all.keySet().stream()
                .filter(path -> !nodes.getOrDefault(path, "").equals(other.nodes.getOrDefault(path, "")))
                .limit(20)
                .map(path -> path + ": " + nodes.get(path) + " and " + other.nodes.get(path))
                .toList();
    }

    /** The nodes below a path, and their data and versions. */
    Map<String, String> below(String root) {
        Map<String, String> part = new TreeMap<>(nodes);
        part.keySet().removeIf(path -> !path.startsWith(root + "/"));
        return part;
    }
}
