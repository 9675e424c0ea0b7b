package io.quorate.registry.sim;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.NodeChange;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.registry.tree.Written;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The server: one committed tree, transactions that are all or nothing, and events for whoever watches. */
public final class SimTree {
    /**
     * A transaction that was committed.
     *
     * @param session whose it was
     * @param writes what it consisted of, with the names that sequential nodes got
     * @param before the nodes that it changed, as they were; null for those that it created
     * @param after the nodes that it changed, as they are; null for those that it deleted
     */
    public record Committed(
            long zxid,
            long session,
            List<Write> writes,
            SortedMap<String, SimNode> before,
            SortedMap<String, SimNode> after) {}

    private final SortedMap<String, SimNode> nodes = new TreeMap<>();
    private final List<Consumer<NodeChange>> watchers = new ArrayList<>();
    private final List<Consumer<Committed>> observers = new ArrayList<>();
    private long zxid;

    /** What the server does not do, though it could: gives the error, or null to let it through. */
    Function<Write, ErrorCode> refusal = write -> null;

    /** Is told which write was impossible. */
    Consumer<Write> onRefused = write -> {};

    /** What the server does not show, nor tells of, if it is there: gives the error, or null. */
    Function<String, ErrorCode> secret = path -> null;

    /** Requests that the server, or the client, does not even look at, by their paths: gives the error, or null. */
    Function<List<String>, ErrorCode> unheard = paths -> null;

    /** A tree with nothing but its root. */
    public SimTree() {
        nodes.put("/", new SimNode(null, 0, 0, 0, 0, 0));
    }

    /** Is told of all changes, when they happen. */
    void watch(Consumer<NodeChange> watcher) {
        watchers.add(watcher);
    }

    void unwatch(Consumer<NodeChange> watcher) {
        watchers.remove(watcher);
    }

    /** Is shown all transactions, when they are committed. */
    public void observe(Consumer<Committed> observer) {
        observers.add(observer);
    }

    /** A node as it is now; null if there is none. */
    public SimNode node(String path) {
        return nodes.get(path);
    }

    /** Whether there is such a node. */
    public boolean exists(String path) {
        return nodes.containsKey(path);
    }

    /** The names of the children of a node, in order. */
    public List<String> children(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        List<String> names = new ArrayList<>();
        for (String below : nodes.tailMap(prefix + "\0").keySet()) {
            if (!below.startsWith(prefix)) {
                break;
            }
            if (below.indexOf('/', prefix.length()) < 0) {
                names.add(below.substring(prefix.length()));
            }
        }
        return names;
    }

    List<Node> read(List<Read> reads) {
        List<Node> found = new ArrayList<>();
        for (Read read : reads) {
            SimNode node = nodes.get(read.path());
            if (node == null) {
                found.add(Node.missing(read.path()));
            } else if (secret.apply(read.path()) != null) {
                found.add(Node.unreadable(read.path(), secret.apply(read.path())));
            } else if (read.ofChildren()) {
                found.add(Node.ofChildren(read.path(), children(read.path())));
            } else {
                found.add(Node.ofData(read.path(), node.data(), node.stat(0)));
            }
        }
        return found;
    }

    /** Takes away what belongs to a session that is over. */
    public void expire(long session) {
        List<Write> deletes = nodes.entrySet().stream()
                .filter(entry -> entry.getValue().owner() == session)
                .map(entry -> Write.delete(entry.getKey(), -1))
                .toList();
        if (!deletes.isEmpty()) {
            write(session, deletes);
        }
    }

    /** Carries a transaction out, or refuses it as a whole. */
    public WriteReply write(long session, List<Write> writes) {
        Transaction transaction = new Transaction(session);
        for (int i = 0; i < writes.size(); i++) {
            ErrorCode error = transaction.apply(writes.get(i));
            if (error != ErrorCode.OK) {
                transaction.undo();
                onRefused.accept(writes.get(i));
                return WriteReply.refused(error, i);
            }
        }
        zxid++;
        Committed committed = transaction.committed();
        observers.forEach(observer -> observer.accept(committed));
        transaction.events.stream()
                .filter(event -> secret.apply(event.path()) != ErrorCode.NO_AUTH)
                .forEach(event -> List.copyOf(watchers).forEach(watcher -> watcher.accept(event)));
        return WriteReply.done(transaction.results, zxid);
    }

    private final class Transaction {
        private final long session;
        private final long number = zxid + 1;
        private final List<Write> writes = new ArrayList<>();
        private final SortedMap<String, SimNode> before = new TreeMap<>();
        private final List<Written> results = new ArrayList<>();
        private final List<NodeChange> events = new ArrayList<>();

        Transaction(long session) {
            this.session = session;
        }

        ErrorCode apply(Write write) {
            ErrorCode refused = refusal.apply(write);
            if (refused != null) {
                return refused;
            }
            return switch (write.kind()) {
                case CREATE -> create(write, write.path(), 0);
                case CREATE_EPHEMERAL -> create(write, write.path(), session);
                case CREATE_SEQUENTIAL -> create(write, sequential(write.path()), 0);
                case CREATE_CANDIDATE -> create(write, sequential(write.path()), session);
                case SET -> set(write);
                case DELETE -> delete(write);
                case CHECK -> check(write);
            };
        }

        private String sequential(String prefix) {
            SimNode parent = nodes.get(RegistryPaths.parent(prefix));
            int number = parent == null ? 0 : parent.cversion();
            return prefix + String.format(Locale.ROOT, "%010d", number);
        }

        private ErrorCode create(Write write, String path, long owner) {
            String parent = RegistryPaths.parent(path);
            if (!nodes.containsKey(parent)) {
                return ErrorCode.NO_NODE;
            }
            if (nodes.containsKey(path)) {
                return ErrorCode.NODE_EXISTS;
            }
            put(parent, nodes.get(parent).withChildChange());
            put(path, new SimNode(write.data(), number, number, 0, 0, owner));
            happened(write, path, EventType.NODE_CREATED);
            events.add(new NodeChange(EventType.NODE_CHILDREN_CHANGED, parent, number));
            return ErrorCode.OK;
        }

        private ErrorCode set(Write write) {
            ErrorCode error = check(write.path(), write.version());
            if (error == ErrorCode.OK) {
                put(write.path(), nodes.get(write.path()).withData(write.data(), number));
                happened(write, write.path(), EventType.NODE_DATA_CHANGED);
            }
            return error;
        }

        private ErrorCode delete(Write write) {
            ErrorCode error = check(write.path(), write.version());
            if (error != ErrorCode.OK) {
                return error;
            }
            if (!children(write.path()).isEmpty()) {
                return ErrorCode.NOT_EMPTY;
            }
            String parent = RegistryPaths.parent(write.path());
            put(parent, nodes.get(parent).withChildChange());
            put(write.path(), null);
            writes.add(write);
            results.add(new Written(write.path(), null));
            events.add(new NodeChange(EventType.NODE_DELETED, write.path(), number));
            events.add(new NodeChange(EventType.NODE_CHILDREN_CHANGED, parent, number));
            return ErrorCode.OK;
        }

        private ErrorCode check(Write write) {
            writes.add(write);
            results.add(new Written(write.path(), null));
            return check(write.path(), write.version());
        }

        private ErrorCode check(String path, int version) {
            SimNode node = nodes.get(path);
            if (node == null) {
                return ErrorCode.NO_NODE;
            }
            return version < 0 || version == node.version() ? ErrorCode.OK : ErrorCode.BAD_VERSION;
        }

        private void happened(Write write, String path, EventType event) {
            writes.add(new Write(write.kind(), path, write.data(), write.version()));
            results.add(new Written(path, nodes.get(path).stat(0)));
            events.add(new NodeChange(event, path, number));
        }

        private void put(String path, SimNode node) {
            if (!before.containsKey(path)) {
                before.put(path, nodes.get(path));
            }
            if (node == null) {
                nodes.remove(path);
            } else {
                nodes.put(path, node);
            }
        }

        void undo() {
            before.forEach((path, node) -> {
                if (node == null) {
                    nodes.remove(path);
                } else {
                    nodes.put(path, node);
                }
            });
        }

        Committed committed() {
            SortedMap<String, SimNode> after = new TreeMap<>();
            before.keySet().forEach(path -> after.put(path, nodes.get(path)));
            return new Committed(number, session, writes, before, after);
        }
    }
}
