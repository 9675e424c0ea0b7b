package io.quorate.crash;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** What a server holds below one node. */
record Found(Map<String, GetDataResponse> nodes) {

    /** Reads everything from {@code root} down; empty if it is not there. */
    static Found read(RawSession session, String root) throws IOException {
        Map<String, GetDataResponse> nodes = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            String path = open.remove();
            Reply data = session.call(OpCode.GET_DATA, new GetDataRequest(path, false));
            if (data.isError(ErrorCode.NO_NODE)) {
                continue;
            }
            nodes.put(path, (GetDataResponse) data.body());
            Reply list = session.call(OpCode.GET_CHILDREN, new GetChildrenRequest(path, false));
            for (String child : ((GetChildrenResponse) list.body()).children()) {
                open.add(path + "/" + child);
            }
        }
        return new Found(nodes);
    }

    /** What is wrong, compared with a model; empty if nothing is. */
    String differenceFrom(ModelTree model) {
        StringBuilder text = new StringBuilder();
        model.nodes().forEach((path, node) -> {
            GetDataResponse found = nodes.get(path);
            String difference = found == null ? " missing" : node.differenceFrom(found.data(), found.stat());
            if (!difference.isEmpty()) {
                text.append("\n  ").append(path).append(':').append(difference);
            }
        });
        for (String path : nodes.keySet()) {
            if (model.get(path) == null) {
                text.append("\n  ").append(path).append(": must not be there");
            }
        }
        return text.toString();
    }

    /** The highest zxid that shows in any Stat. */
    long highestZxid() {
        return nodes.values().stream()
                .mapToLong(found -> Math.max(found.stat().mzxid(), found.stat().pzxid()))
                .max()
                .orElse(0);
    }
}
