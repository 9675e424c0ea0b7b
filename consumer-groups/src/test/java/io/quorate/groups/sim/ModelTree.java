package io.quorate.groups.sim;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.groups.rebalance.TreeRead;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.Stat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A coordinator's tree as far as groups use it: transactions, sessions with what they keep, and watches. */
final class ModelTree {
    /** Is told of everything that changes, when all of a transaction is done. */
    interface Observer {
        void onTransaction(long session, List<TreeOp> ops);

        void onEvent(long session, String path, EventType type);
    }

    /** One node. */
    static final class Node {
        byte[] data;
        long czxid;
        long mzxid;
        int version;
        long owner;
        int nextSequence;

        String text() {
            return data == null ? "" : new String(data, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private record Change(String path, EventType type) {}

    private final Observer observer;
    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final Map<Long, Set<String>> persistent = new TreeMap<>();
    private final Map<Long, Set<String>> recursive = new TreeMap<>();
    private final Map<String, Set<Long>> oneShot = new HashMap<>();
    /** Which nodes nobody may read. */
    Predicate<String> closed = path -> false;

    /** Whose questions about which nodes are not let in. */
    Predicate<String> throttled = path -> false;

    private long zxid;
    private long reads;

    ModelTree(Observer observer) {
        this.observer = observer;
        nodes.put("", new Node());
    }

    long zxid() {
        return zxid;
    }

    Node get(String path) {
        return nodes.get(path);
    }

    List<String> children(String path) {
        List<String> names = new ArrayList<>();
        for (String each : nodes.subMap(path + "/", path + "0").keySet()) {
            String name = each.substring(path.length() + 1);
            if (name.indexOf('/') < 0) {
                names.add(name);
            }
        }
        return names;
    }

    // ---- transactions

    /** Does all, or nothing. */
    Answer multi(long session, List<TreeOp> ops) {
        ErrorCode[] error = {ErrorCode.OK};
        SortedMap<String, Node> before = new TreeMap<>();
        List<Change> changes = new ArrayList<>();
        List<OpResult> results = new ArrayList<>();
        zxid++;
        for (int i = 0; i < ops.size(); i++) {
            OpResult result = apply(session, ops.get(i), before, changes);
            if (!result.isOk()) {
                error[0] = result.error();
                before.forEach((path, node) -> {
                    if (node == null) {
                        nodes.remove(path);
                    } else {
                        nodes.put(path, node);
                    }
                });
                return Answer.failed(error[0], i);
            }
            results.add(result);
        }
        observer.onTransaction(session, ops);
        changes.forEach(this::raise);
        return Answer.of(results);
    }

    private OpResult apply(long session, TreeOp op, SortedMap<String, Node> before, List<Change> changes) {
        if (op instanceof TreeOp.Create create) {
            return create(session, create, before, changes);
        }
        Node node = nodes.get(op.path());
        if (node == null) {
            return failed(ErrorCode.NO_NODE);
        }
        if (op instanceof TreeOp.Check && closed.test(op.path())) {
            return failed(ErrorCode.NO_AUTH);
        }
        int version = op instanceof TreeOp.Delete delete
                ? delete.version()
                : op instanceof TreeOp.SetData set ? set.version() : ((TreeOp.Check) op).version();
        if (version != TreeOp.ANY && version != node.version) {
            return failed(ErrorCode.BAD_VERSION);
        }
        if (op instanceof TreeOp.Delete) {
            if (!children(op.path()).isEmpty()) {
                return failed(ErrorCode.NOT_EMPTY);
            }
            remember(op.path(), before);
            nodes.remove(op.path());
            changes.add(new Change(op.path(), EventType.NODE_DELETED));
        } else if (op instanceof TreeOp.SetData set) {
            remember(op.path(), before);
            Node changed = copy(node);
            changed.data = set.data();
            changed.version++;
            changed.mzxid = zxid;
            nodes.put(op.path(), changed);
            changes.add(new Change(op.path(), EventType.NODE_DATA_CHANGED));
        }
        return ok(null, null, null, null);
    }

    private OpResult create(long session, TreeOp.Create create, SortedMap<String, Node> before, List<Change> changes) {
        String parent = create.path().substring(0, create.path().lastIndexOf('/'));
        if (!nodes.containsKey(parent)) {
            return failed(ErrorCode.NO_NODE);
        }
        String path = create.path();
        if (List.of("", ".", "..").contains(GroupPaths.lastName(path))) {
            return failed(ErrorCode.BAD_ARGUMENTS);
        }
        if (create.kind() == TreeOp.Kind.EPHEMERAL_SEQUENTIAL) {
            remember(parent, before);
            Node counted = copy(nodes.get(parent));
            path += String.format("%010d", counted.nextSequence++);
            nodes.put(parent, counted);
        }
        if (nodes.containsKey(path)) {
            return failed(ErrorCode.NODE_EXISTS);
        }
        remember(path, before);
        Node node = new Node();
        node.data = create.data();
        node.czxid = zxid;
        node.mzxid = zxid;
        node.owner = create.kind() == TreeOp.Kind.PERSISTENT ? 0 : session;
        nodes.put(path, node);
        changes.add(new Change(path, EventType.NODE_CREATED));
        return ok(path, null, null, null);
    }

    private void remember(String path, SortedMap<String, Node> before) {
        if (!before.containsKey(path)) {
            before.put(path, nodes.get(path));
        }
    }

    private static Node copy(Node node) {
        Node copy = new Node();
        copy.data = node.data;
        copy.czxid = node.czxid;
        copy.mzxid = node.mzxid;
        copy.version = node.version;
        copy.owner = node.owner;
        copy.nextSequence = node.nextSequence;
        return copy;
    }

    /** The end of a session: everything it keeps goes, in one transaction. */
    void endSession(long session) {
        List<TreeOp> ops = new ArrayList<>();
        nodes.forEach((path, node) -> {
            if (node.owner == session && session != 0) {
                ops.add(new TreeOp.Delete(path, TreeOp.ANY));
            }
        });
        forgetWatches(session);
        if (!ops.isEmpty()) {
            multi(session, ops);
        }
    }

    /** Watches belong to a connection: they go with it, and it is the client who sets them again. */
    void forgetWatches(long session) {
        persistent.remove(session);
        recursive.remove(session);
        oneShot.values().forEach(each -> each.remove(session));
    }

    private static OpResult failed(ErrorCode error) {
        return new OpResult(error, null, null, null, null);
    }

    private static OpResult ok(String path, byte[] data, Stat stat, List<String> children) {
        return new OpResult(ErrorCode.OK, path, data, stat, children);
    }

    // ---- reads and watches

    /** How many requests have read so far. */
    long reads() {
        return reads;
    }

    Answer read(List<TreeRead> parts) {
        reads++;
        if (parts.stream().map(TreeRead::path).anyMatch(throttled)) {
            return Answer.failed(ErrorCode.THROTTLED_OP, 0);
        }
        List<OpResult> results = new ArrayList<>();
        for (TreeRead each : parts) {
            Node node = nodes.get(each.path());
            if (node == null) {
                results.add(failed(ErrorCode.NO_NODE));
            } else if (closed.test(each.path())) {
                results.add(failed(ErrorCode.NO_AUTH));
            } else if (each.ofChildren()) {
                results.add(ok(null, null, null, children(each.path())));
            } else {
                results.add(ok(null, node.data, stat(each.path(), node), null));
            }
        }
        return Answer.of(results);
    }

    private Stat stat(String path, Node node) {
        int count = children(path).size();
        return new Stat(node.czxid, node.mzxid, 0, 0, node.version, 0, 0, node.owner, 0, count, 0);
    }

    Answer exists(long session, String path) {
        if (nodes.containsKey(path) && closed.test(path)) {
            return Answer.failed(ErrorCode.NO_AUTH, 0);
        }
        oneShot.computeIfAbsent(path, none -> new TreeSet<>()).add(session);
        Node node = nodes.get(path);
        return Answer.of(List.of(ok(null, null, node == null ? null : stat(path, node), null)));
    }

    void watch(long session, String path, boolean withAllBelow) {
        (withAllBelow ? recursive : persistent)
                .computeIfAbsent(session, none -> new HashSet<>())
                .add(path);
    }

    Answer unwatch(long session, String path, boolean withAllBelow) {
        Set<String> all = (withAllBelow ? recursive : persistent).computeIfAbsent(session, none -> new HashSet<>());
        return all.remove(path) ? Answer.of(List.of()) : Answer.none(ErrorCode.NO_WATCHER);
    }

    /** The nodes that a session watches until told otherwise. */
    Set<String> watchedBy(long session) {
        Set<String> all = new TreeSet<>(persistent.getOrDefault(session, Set.of()));
        all.addAll(recursive.getOrDefault(session, Set.of()));
        return all;
    }

    /** Who may not read a node is not told of it. */
    private void raise(Change change) {
        boolean isTold = !closed.test(change.path());
        Set<Long> once = oneShot.remove(change.path());
        if (once != null && isTold) {
            once.forEach(session -> observer.onEvent(session, change.path(), change.type()));
        }
        String parent = change.path().substring(0, change.path().lastIndexOf('/'));
        persistent.forEach((session, paths) -> {
            if (isTold && paths.contains(change.path()) && (once == null || !once.contains(session))) {
                observer.onEvent(session, change.path(), change.type());
            }
            if (paths.contains(parent) && !closed.test(parent) && change.type() != EventType.NODE_DATA_CHANGED) {
                observer.onEvent(session, parent, EventType.NODE_CHILDREN_CHANGED);
            }
        });
        recursive.forEach((session, paths) -> {
            if (isTold && (paths.contains(parent) || paths.contains(change.path()))) {
                observer.onEvent(session, change.path(), change.type());
            }
        });
    }
}
