package io.quorate.crash;

import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.Stat;
import io.quorate.wire.proto.StatResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of the namespace that one session alone writes, as the rules of semantics 3 and 10 say it must be after each write.
 * Not thread-safe.
 */
final class ModelTree {

    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;

    private final TreeMap<String, ModelNode> nodes = new TreeMap<>();

    ModelTree(String root, long zxid) {
        nodes.put(root, new ModelNode(new byte[0], zxid, 0));
    }

    private ModelTree() {}

    ModelTree copy() {
        ModelTree copy = new ModelTree();
        nodes.forEach((path, node) -> copy.nodes.put(path, node.copy()));
        return copy;
    }

    Map<String, ModelNode> nodes() {
        return nodes;
    }

    ModelNode get(String path) {
        return nodes.get(path);
    }

    /** Does what the server must do, and returns the error it must answer with. Nothing changes if that is one. */
    ErrorCode apply(Request request, long zxid, long session) {
        if (request instanceof CreateRequest create) {
            return create(create, zxid, session);
        } else if (request instanceof DeleteRequest delete) {
            return delete(delete, zxid);
        } else if (request instanceof SetDataRequest set) {
            return set(set, zxid);
        }
        return multi(((MultiRequest) request).ops(), zxid, session);
    }

    private ErrorCode create(CreateRequest create, long zxid, long session) {
        ModelNode parent = nodes.get(parentOf(create.path()));
        if (parent == null) {
            return ErrorCode.NO_NODE;
        }
        String path = createdPath(create);
        if (nodes.containsKey(path)) {
            return ErrorCode.NODE_EXISTS;
        }
        boolean ephemeral = (create.flags() & EPHEMERAL) != 0;
        nodes.put(path, new ModelNode(create.data(), zxid, ephemeral ? session : 0));
        parent.children.add(path);
        parent.creations++;
        parent.pzxid = zxid;
        return ErrorCode.OK;
    }

    /** The path that a create makes now. */
    String createdPath(CreateRequest create) {
        boolean sequential = (create.flags() & SEQUENTIAL) != 0;
        return sequential
                ? create.path() + String.format("%010d", nodes.get(parentOf(create.path())).creations)
                : create.path();
    }

    private ErrorCode delete(DeleteRequest delete, long zxid) {
        ModelNode node = nodes.get(delete.path());
        if (node == null) {
            return ErrorCode.NO_NODE;
        } else if (delete.version() != -1 && delete.version() != node.version) {
            return ErrorCode.BAD_VERSION;
        } else if (!node.children.isEmpty()) {
            return ErrorCode.NOT_EMPTY;
        }
        remove(delete.path(), zxid);
        return ErrorCode.OK;
    }

    private void remove(String path, long zxid) {
        nodes.remove(path);
        ModelNode parent = nodes.get(parentOf(path));
        parent.children.remove(path);
        parent.pzxid = zxid;
    }

    private ErrorCode set(SetDataRequest set, long zxid) {
        ModelNode node = nodes.get(set.path());
        if (node == null) {
            return ErrorCode.NO_NODE;
        } else if (set.version() != -1 && set.version() != node.version) {
            return ErrorCode.BAD_VERSION;
        }
        node.data = set.data();
        node.version++;
        node.mzxid = zxid;
        node.mtime = ModelNode.UNKNOWN;
        return ErrorCode.OK;
    }

    private ErrorCode multi(List<MultiOp> ops, long zxid, long session) {
        ModelTree before = copy();
        for (MultiOp op : ops) {
            ErrorCode error = apply(op.request(), zxid, session);
            if (error != ErrorCode.OK) {
                nodes.clear();
                nodes.putAll(before.nodes);
                return error;
            }
        }
        return ErrorCode.OK;
    }

    /** Compares what the server answered to a write that was just applied; returns what is wrong, or empty. */
    String check(Request request, String expectedPath, Response answer) {
        if (answer instanceof CreateResponse created) {
            return created.path().equals(expectedPath) ? "" : created.path() + " and not " + expectedPath;
        } else if (answer instanceof Create2Response created) {
            String text = created.path().equals(expectedPath) ? "" : created.path() + " and not " + expectedPath;
            return text + check(expectedPath, created.stat());
        } else if (answer instanceof StatResponse set) {
            return check(((SetDataRequest) request).path(), set.stat());
        } else if (answer instanceof MultiResponse multi) {
            int expected = ((MultiRequest) request).ops().size();
            int found = multi.results().size();
            return found == expected ? "" : found + " results and not " + expected;
        }
        return "";
    }

    private String check(String path, Stat stat) {
        ModelNode node = nodes.get(path);
        String text = node.differenceFrom(stat);
        node.ctime = stat.ctime();
        node.mtime = stat.mtime();
        return text;
    }

    static String parentOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
