package io.quorate.sim.check;

import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateContainerTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTtlTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.MultiTxn;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.SubTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The namespace as the committed transactions make it, with its past: what each node was after any transaction. A second
 * implementation, on purpose. Every transaction must fit the state it meets, and the end of a session must take all its nodes.
 */
public final class Model implements Invariant {

    private static final long NO_OWNER = 0;

    /**
     * What a node was from some transaction on.
     *
     * @param there false from its deletion on
     * @param owner the session, 0 if it has none
     */
    record Node(boolean there, byte[] data, int version, long czxid, long mzxid, long pzxid, long owner) {
        Node deleted() {
            return new Node(false, null, 0, 0, 0, 0, NO_OWNER);
        }
    }

    /** Something of which watchers of a path are told. */
    record Change(long zxid, EventType type) {}

    private static final Node NOWHERE = new Node(false, null, 0, 0, 0, 0, NO_OWNER);

    private final Map<String, NavigableMap<Long, Node>> nodes = new HashMap<>();
    private final Map<String, TreeSet<String>> everChildren = new HashMap<>();
    private final Map<String, List<Change>> changes = new HashMap<>();
    private final Map<Long, TxnEntry> entries = new HashMap<>();
    private final Map<Long, Set<String>> owned = new HashMap<>();
    private final Set<Long> sessionsEver = new HashSet<>();

    Model() {
        put("/", 0, new Node(true, new byte[0], 0, 0, 0, 0, NO_OWNER));
    }

    /** What is at this path after the transaction {@code zxid}; never null. */
    Node at(String path, long zxid) {
        NavigableMap<Long, Node> past = nodes.get(path);
        Map.Entry<Long, Node> entry = past == null ? null : past.floorEntry(zxid);
        return entry == null ? NOWHERE : entry.getValue();
    }

    /** Names of the children after the transaction {@code zxid}, in order. */
    List<String> childrenAt(String path, long zxid) {
        List<String> names = new ArrayList<>();
        String prefix = path.equals("/") ? "/" : path + "/";
        for (String name : everChildren.getOrDefault(path, new TreeSet<>())) {
            if (at(prefix + name, zxid).there()) {
                names.add(name);
            }
        }
        return names;
    }

    /** What watchers of this path can be told, oldest first. */
    List<Change> changes(String path) {
        return changes.getOrDefault(path, List.of());
    }

    /** The committed transaction, or null. */
    TxnEntry entry(long zxid) {
        return entries.get(zxid);
    }

    /** True if this transaction came from this request. */
    boolean isMadeBy(long zxid, Call call) {
        TxnEntry entry = entries.get(zxid);
        return entry != null
                && entry.header().clientId() == call.session()
                && entry.header().cxid() == call.xid()
                && call.op() != OpCode.PING
                && !call.op().equals(OpCode.SYNC);
    }

    @Override
    public void committed(TxnEntry entry) {
        TxnHeader header = entry.header();
        entries.put(header.zxid(), entry);
        if (entry.txn() instanceof MultiTxn multi) {
            boolean failed = multi.txns().stream().anyMatch(part -> part.txn() instanceof ErrorTxn);
            for (SubTxn part : failed ? List.<SubTxn>of() : multi.txns()) {
                apply(header, part.txn());
            }
        } else {
            apply(header, entry.txn());
        }
    }

    private void apply(TxnHeader header, Txn txn) {
        long zxid = header.zxid();
        if (txn instanceof CreateTxn create) {
            create(create.path(), create.data(), create.ephemeral() ? header.clientId() : NO_OWNER, zxid);
        } else if (txn instanceof CreateContainerTxn create) {
            create(create.path(), create.data(), NO_OWNER, zxid);
        } else if (txn instanceof CreateTtlTxn create) {
            create(create.path(), create.data(), NO_OWNER, zxid);
        } else if (txn instanceof DeleteTxn delete) {
            delete(delete.path(), zxid);
        } else if (txn instanceof SetDataTxn set) {
            setData(set, zxid);
        } else if (txn instanceof SetAclTxn set) {
            require(at(set.path(), zxid).there(), zxid, "sets the access list of a node that is not there", set.path());
        } else if (txn instanceof CreateSessionTxn) {
            require(sessionsEver.add(header.clientId()), zxid, "creates a session whose id was used before", "");
        } else if (txn instanceof CloseSessionTxn close) {
            closeSession(header.clientId(), close, zxid);
        }
    }

    private void create(String path, byte[] data, long owner, long zxid) {
        String parent = parent(path);
        require(!at(path, zxid).there(), zxid, "creates a node that is there", path);
        require(at(parent, zxid).there(), zxid, "creates a node without parent", path);
        put(path, zxid, new Node(true, data, 0, zxid, zxid, zxid, owner));
        everChildren.computeIfAbsent(parent, any -> new TreeSet<>()).add(path.substring(path.lastIndexOf('/') + 1));
        if (owner != NO_OWNER) {
            require(sessionsEver.contains(owner), zxid, "creates a node for a session that is none", path);
            owned.computeIfAbsent(owner, any -> new TreeSet<>()).add(path);
        }
        note(path, zxid, EventType.NODE_CREATED);
        touchParent(parent, zxid);
    }

    private void delete(String path, long zxid) {
        Node node = at(path, zxid);
        require(node.there(), zxid, "deletes a node that is not there", path);
        require(childrenAt(path, zxid).isEmpty(), zxid, "deletes a node with children", path);
        put(path, zxid, node.deleted());
        if (node.owner() != NO_OWNER) {
            owned.get(node.owner()).remove(path);
        }
        note(path, zxid, EventType.NODE_DELETED);
        touchParent(parent(path), zxid);
    }

    private void touchParent(String parent, long zxid) {
        Node node = at(parent, zxid);
        put(parent, zxid, new Node(true, node.data(), node.version(), node.czxid(), node.mzxid(), zxid, node.owner()));
        note(parent, zxid, EventType.NODE_CHILDREN_CHANGED);
    }

    private void setData(SetDataTxn set, long zxid) {
        Node node = at(set.path(), zxid);
        require(node.there(), zxid, "sets the data of a node that is not there", set.path());
        require(set.version() == node.version() + 1, zxid, "skips a version of", set.path());
        put(
                set.path(),
                zxid,
                new Node(true, set.data(), set.version(), node.czxid(), zxid, node.pzxid(), node.owner()));
        note(set.path(), zxid, EventType.NODE_DATA_CHANGED);
    }

    private void closeSession(long session, CloseSessionTxn close, long zxid) {
        List<String> listed = close.paths() == null ? List.of() : close.paths();
        for (String path : listed) {
            if (at(path, zxid).there()) {
                require(
                        at(path, zxid).owner() == session,
                        zxid,
                        "ends a session and deletes what is not its own",
                        path);
                delete(path, zxid);
            }
        }
        Set<String> left = owned.remove(session);
        require(left == null || left.isEmpty(), zxid, "ends a session and leaves its nodes", String.valueOf(left));
    }

    private void put(String path, long zxid, Node node) {
        nodes.computeIfAbsent(path, any -> new TreeMap<>()).put(zxid, node);
    }

    private void note(String path, long zxid, EventType type) {
        changes.computeIfAbsent(path, any -> new ArrayList<>()).add(new Change(zxid, type));
    }

    private static void require(boolean fits, long zxid, String what, String path) {
        if (!fits) {
            throw new Violation("the transaction at %s %s %s".formatted(Violation.zxid(zxid), what, path));
        }
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }
}
