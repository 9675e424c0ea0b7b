package io.quorate.coordinator.tree;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.txn.CreateContainerTxn;
import io.quorate.wire.txn.CreateTtlTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.SetDataTxn;
import java.util.List;

/**
 * The committed namespace. Its mutators apply decided transactions, cannot fail, and follow the replay rules of
 * storage-formats 6: what is already there or already gone is left so. One thread.
 */
public final class DataTree {

    private static final byte[] NO_DATA = new byte[0];
    private static final int SYSTEM_ACL_AVERSION = -1;
    private static final int NO_VERSION = -1;

    private final PathTable nodes = new PathTable();
    private final AclTable acls = new AclTable();
    private final TreeDigest digests;
    private final QuotaRules quotas = new QuotaRules(this);
    private Changes changes;
    private Znode root;
    private Znode lastParent;
    private SnapshotCursor cursor;
    private int snapshotNumber;
    private long digest;
    private long dataSize;

    /** A tree with the system nodes of semantics 3.1. */
    public DataTree(boolean digestEnabled, Changes changes) {
        this.digests = new TreeDigest(digestEnabled);
        this.changes = changes;
        reset();
        addSystemNodes();
    }

    /** Those that are missing: snapshots from before 3.5 have no configuration node. */
    private void addSystemNodes() {
        load(Paths.SYSTEM, NodeImage.created(NO_DATA, AclTable.OPEN, 0, 0, Owners.PERSISTENT));
        load(Paths.QUOTA, NodeImage.created(NO_DATA, AclTable.OPEN, 0, 0, Owners.PERSISTENT));
        int readOnly = acls.acquire(Acl.READ_UNSAFE);
        load(
                Paths.CONFIG,
                new NodeImage(NO_DATA, readOnly, 0, 0, 0, 0, 0, 0, SYSTEM_ACL_AVERSION, Owners.PERSISTENT, 0));
        acls.release(readOnly);
    }

    /** Forgets everything but an empty root, before a snapshot is loaded. */
    public void reset() {
        nodes.clear();
        lastParent = null;
        acls.clear();
        digest = 0;
        dataSize = 0;
        root = new Znode(Paths.ROOT, null, NodeImage.created(NO_DATA, AclTable.OPEN, 0, 0, Owners.PERSISTENT));
        linkNew(root);
    }

    /** Takes one access list of a snapshot. */
    public void loadAcl(int id, List<Acl> acl) {
        acls.put(id, acl);
    }

    /** Takes one node of a snapshot; its parent must have come before. Returns false if it had not. */
    public boolean load(String path, NodeImage image) {
        if (path.isEmpty()) {
            unlink(root);
            acls.release(root.aclId);
            root = new Znode(Paths.ROOT, null, image);
            linkNew(root);
            return true;
        }
        Znode parent = parent(path);
        return parent != null && link(new Znode(path, parent, image));
    }

    /** Ends the loading of a snapshot: quotas are registered again and lists that nobody uses are dropped. */
    public void loaded() {
        addSystemNodes();
        acls.dropUnused();
        quotas.rebuild();
    }

    /** The parent of what is or would be at this path, or null: very often that of the path before. */
    private Znode parent(String path) {
        int slash = path.lastIndexOf('/');
        if (slash <= 0) {
            return root;
        }
        if (lastParent == null || lastParent.path.length() != slash || !path.startsWith(lastParent.path)) {
            lastParent = nodes.get(path.substring(0, slash));
        }
        return lastParent;
    }

    /** The node at {@code path}, or null. The empty path is the root (semantics 2). */
    public Znode get(String path) {
        return path.isEmpty() ? root : nodes.get(path);
    }

    public Znode root() {
        return root;
    }

    public AclTable acls() {
        return acls;
    }

    public List<Acl> acl(Znode node) {
        return acls.get(node.aclId);
    }

    public QuotaRules quotas() {
        return quotas;
    }

    /** Sum of the digests of all nodes, modulo 2^64 (semantics 13); 0 if digests are off. */
    public long digest() {
        return digest;
    }

    public boolean isDigestEnabled() {
        return digests.enabled();
    }

    TreeDigest digests() {
        return digests;
    }

    /** Number of nodes; the reference counts the root twice (semantics 3.5). */
    public int nodeCount() {
        return nodes.size() + 1;
    }

    /** Path lengths and data lengths of all nodes, in bytes. */
    public long approximateDataSize() {
        return dataSize;
    }

    /** Applies a create or create2. Returns the new node, or null if it was there or its parent was not. */
    public Znode apply(CreateTxn txn, long session, long zxid, long timeMillis) {
        long owner = txn.ephemeral() ? session : Owners.PERSISTENT;
        Znode node = create(txn.path(), txn.data(), txn.acl(), txn.parentCversion(), owner, zxid, timeMillis);
        if (node == null) {
            Znode parent = parent(txn.path());
            if (parent != null) {
                raise(parent, txn.parentCversion(), zxid);
            }
        }
        return node;
    }

    public Znode apply(CreateContainerTxn txn, long zxid, long timeMillis) {
        return create(txn.path(), txn.data(), txn.acl(), txn.parentCversion(), Owners.CONTAINER, zxid, timeMillis);
    }

    /** Applies a createTTL; one whose time is out of range has no effect (client-protocol 8.2). */
    public Znode apply(CreateTtlTxn txn, long zxid, long timeMillis) {
        if (txn.ttlMillis() <= 0 || txn.ttlMillis() > Owners.TTL_MILLIS_MAX) {
            return null;
        }
        long owner = Owners.ttl(txn.ttlMillis());
        return create(txn.path(), txn.data(), txn.acl(), txn.parentCversion(), owner, zxid, timeMillis);
    }

    private Znode create(
            String path, byte[] data, List<Acl> acl, int parentVersion, long owner, long zxid, long timeMillis) {
        Znode parent = parent(path);
        if (parent == null) {
            return null;
        }
        Znode present = get(path);
        if (present != null) {
            beforeChange(present);
            replaceAcl(present, acl);
            return null;
        }
        beforeChange(parent);
        int aclId = acls.acquire(acl);
        Znode node = new Znode(path, parent, NodeImage.created(data, aclId, zxid, timeMillis, owner));
        linkNew(node);
        acls.release(aclId);
        node.snapshotStamp = snapshotNumber;
        raise(parent, parentVersion, zxid);
        changes.created(node);
        quotas.created(node);
        return node;
    }

    /** The stored child version never sinks; −1 means one more (storage-formats 6). */
    private void raise(Znode parent, int childVersion, long zxid) {
        int wanted = childVersion == -1 ? parent.childVersion + 1 : childVersion;
        if (wanted > parent.childVersion) {
            beforeChange(parent);
            parent.childVersion = wanted;
            parent.pzxid = zxid;
            redigest(parent);
        }
    }

    /** Removes a node and what is below it. Returns it, or null if it was not there. */
    public Znode delete(String path, long zxid) {
        Znode node = get(path);
        if (node == null || node == root) {
            Znode parent = parent(path);
            if (parent != null) {
                touchParent(parent, zxid);
            }
            return null;
        }
        while (node.numChildren() > 0) {
            delete(deepestFirst(node).path, zxid);
        }
        beforeChange(node);
        beforeChange(node.parent);
        unlink(node);
        touchParent(node.parent, zxid);
        changes.deleted(node);
        // Only now: who may hear of the deletion is decided by the list that the node had.
        acls.release(node.aclId);
        quotas.deleted(node);
        return node;
    }

    private static Znode deepestFirst(Znode node) {
        Znode leaf = node;
        while (leaf.numChildren() > 0) {
            leaf = leaf.children.first();
        }
        return leaf;
    }

    private void touchParent(Znode parent, long zxid) {
        if (zxid > parent.pzxid) {
            beforeChange(parent);
            parent.pzxid = zxid;
            redigest(parent);
        }
    }

    /** Applies a setData or reconfig. Returns the node, or null if it is not there. */
    public Znode apply(SetDataTxn txn, long zxid, long timeMillis) {
        Znode node = get(txn.path());
        if (node == null) {
            return null;
        }
        beforeChange(node);
        int before = node.dataLength();
        node.data = txn.data();
        node.version = txn.version();
        node.mzxid = zxid;
        node.mtime = timeMillis;
        dataSize += node.dataLength() - before;
        redigest(node);
        changes.dataChanged(node);
        quotas.dataChanged(node, node.dataLength() - before);
        return node;
    }

    /** Applies a setACL. Returns the node, or null if it is not there. */
    public Znode apply(SetAclTxn txn) {
        Znode node = get(txn.path());
        if (node == null) {
            return null;
        }
        beforeChange(node);
        replaceAcl(node, txn.acl());
        node.aversion = txn.version();
        redigest(node);
        return node;
    }

    private void replaceAcl(Znode node, List<Acl> acl) {
        int before = node.aclId;
        node.aclId = acls.acquire(acl);
        acls.release(before);
    }

    /** Sets data outside any transaction, without a trace in version, zxid or digest: quota figures only. */
    void setSilently(Znode node, byte[] data) {
        beforeChange(node);
        dataSize += data.length - node.dataLength();
        node.data = data;
        redigest(node);
    }

    /**
     * Sets the configuration node outside any transaction, as each server does for itself: it is not in the digest, and has
     * no version.
     *
     * @param zxid the version of the configuration
     */
    public void setConfig(byte[] data, long zxid, long timeMillis) {
        addSystemNodes();
        Znode node = get(Paths.CONFIG);
        setSilently(node, data);
        node.version = NO_VERSION;
        node.mzxid = zxid;
        node.mtime = timeMillis;
    }

    private void linkNew(Znode node) {
        boolean linked = link(node);
        assert linked : node.path;
    }

    /** Puts a node into the tree; false, and nothing changed, if there is one with its path. */
    private boolean link(Znode node) {
        if (!nodes.add(node)) {
            return false;
        }
        acls.acquire(node.aclId);
        if (node.parent != null) {
            if (node.parent.children == null) {
                node.parent.children = new Children();
            }
            node.parent.children.add(node);
        }
        dataSize += node.path.length() + node.dataLength();
        redigest(node);
        return true;
    }

    private void unlink(Znode node) {
        nodes.remove(node);
        if (node.equals(lastParent)) {
            lastParent = null;
        }
        if (node.parent != null) {
            node.parent.children.remove(node);
            if (node.parent.children.size() == 0) {
                node.parent.children = null;
            }
        }
        dataSize -= node.path.length() + node.dataLength();
        digest -= unsigned(node.digest);
        node.snapshotStamp = Znode.UNLINKED;
    }

    private void redigest(Znode node) {
        int before = node.digest;
        node.digest = digests.of(node);
        digest += unsigned(node.digest) - unsigned(before);
    }

    static long unsigned(int crc) {
        return crc & 0xFFFFFFFFL;
    }

    /** The node after {@code path} in depth-first order, whatever happened to {@code path} itself; null at the end. */
    Znode following(String path) {
        Znode node = get(path);
        if (node != null && node.children != null) {
            return node.children.first();
        }
        return followingSubtree(path);
    }

    /** The first node after all that is below {@code path}. */
    Znode followingSubtree(String path) {
        String at = path;
        while (!at.equals(Paths.ROOT)) {
            String parentPath = Paths.parent(at);
            Znode parent = get(parentPath);
            Znode next = parent == null || parent.children == null ? null : parent.children.after(at);
            if (next != null) {
                return next;
            }
            at = parentPath;
        }
        return null;
    }

    /** Number of nodes below {@code node}, itself not counted. */
    public int countBelow(Znode node) {
        int count = 0;
        Znode end = followingSubtree(node.path);
        for (Znode at = following(node.path); at != end; at = following(at.path)) {
            count++;
        }
        return count;
    }

    /** Starts a snapshot at the state of this moment. It is taken while the tree changes, by calls to the cursor. */
    public SnapshotCursor beginSnapshot(SnapshotCursor.NodeSink sink) {
        assert cursor == null;
        snapshotNumber++;
        cursor = new SnapshotCursor(this, snapshotNumber, sink);
        return cursor;
    }

    /** Ends or gives up the snapshot under way. */
    public void endSnapshot() {
        cursor = null;
    }

    private void beforeChange(Znode node) {
        if (cursor != null) {
            cursor.beforeChange(node);
        }
    }
}
