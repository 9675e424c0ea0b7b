package io.quorate.coordinator.tree;

import io.quorate.wire.proto.Acl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The committed tree with the transactions in flight laid over it: what plans are made against (semantics 1). Holds a
 * record for every node that a transaction not yet applied changes, and predicts the tree digest.
 */
public final class SpeculativeTree {

    private record Undo(PlannedNode node, PlannedNode before) {}

    private final DataTree tree;
    private final TreeDigest digests;
    private final Map<String, PlannedNode> pending = new HashMap<>();
    private final Deque<PlannedNode> order = new ArrayDeque<>();
    private final Long2ObjectHashMap<Set<String>> ephemerals = new Long2ObjectHashMap<>();
    private final List<Undo> undo = new ArrayList<>();
    private int recording;
    private long digest;

    public SpeculativeTree(DataTree tree) {
        this.tree = tree;
        this.digests = tree.digests();
        this.digest = tree.digest();
    }

    /** The node as it will be, or null if it will not be there. */
    public PlannedNode node(String path) {
        PlannedNode planned = pending.get(path.isEmpty() ? Paths.ROOT : path);
        if (planned != null) {
            return planned.present ? planned : null;
        }
        Znode committed = tree.get(path);
        return committed == null ? null : PlannedNode.of(committed, tree.acl(committed));
    }

    /** The tree digest as it will be. */
    public long digest() {
        return digest;
    }

    /** Lays the creation of a node over the tree. Returns the child version that the parent gets. */
    public int create(PlannedNode parent, String path, byte[] data, List<Acl> acl, long owner, Stamp stamp) {
        PlannedNode node = pending.get(path);
        if (node == null) {
            node = new PlannedNode(path);
        }
        change(node, stamp.zxid());
        forgetOwner(node);
        node.present = true;
        node.data = data;
        node.acl = acl;
        node.czxid = stamp.zxid();
        node.mzxid = stamp.zxid();
        node.pzxid = stamp.zxid();
        node.ctime = stamp.timeMillis();
        node.mtime = stamp.timeMillis();
        node.version = 0;
        node.childVersion = 0;
        node.aversion = 0;
        node.childCount = 0;
        node.owner = owner;
        redigest(node);
        rememberOwner(node);
        return addChild(parent, stamp.zxid());
    }

    /** The stored value never sinks, so a parent at the largest number stays there (semantics 3.4). */
    private int addChild(PlannedNode parent, long zxid) {
        change(parent, zxid);
        parent.childCount++;
        int next = parent.childVersion + 1;
        if (next > parent.childVersion) {
            parent.childVersion = next;
            parent.pzxid = zxid;
            redigest(parent);
        }
        return next;
    }

    public void delete(PlannedNode parent, PlannedNode node, long zxid) {
        change(node, zxid);
        node.present = false;
        digest -= DataTree.unsigned(node.digest);
        node.digest = 0;
        change(parent, zxid);
        parent.childCount--;
        parent.pzxid = Math.max(parent.pzxid, zxid);
        redigest(parent);
    }

    /** Lays new data over the tree. Returns the version that the node gets. */
    public int setData(PlannedNode node, byte[] data, int version, Stamp stamp) {
        change(node, stamp.zxid());
        node.data = data;
        node.version = version;
        node.mzxid = stamp.zxid();
        node.mtime = stamp.timeMillis();
        redigest(node);
        return node.version;
    }

    /** Lays a new access list over the tree. Returns the access list version that the node gets. */
    public int setAcl(PlannedNode node, List<Acl> acl, long zxid) {
        change(node, zxid);
        node.acl = acl;
        node.aversion++;
        redigest(node);
        return node.aversion;
    }

    /** Paths that this session will own; {@code committed} are those it owns in the committed tree. */
    public List<String> ephemerals(long session, Set<String> committed) {
        Set<String> candidates = new LinkedHashSet<>(committed);
        Set<String> planned = ephemerals.get(session);
        if (planned != null) {
            candidates.addAll(planned);
        }
        List<String> paths = new ArrayList<>(candidates.size());
        for (String path : candidates) {
            PlannedNode node = node(path);
            if (node != null && node.owner == session) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** How many sessions have ephemerals that are planned and not applied yet. */
    int rememberedEphemerals() {
        return ephemerals.size();
    }

    /** Where changes began that may be taken back together. */
    public record Mark(int undoSize, long digest) {}

    /** From here on changes can be taken back together; may be nested. Ended by {@link #keep} or {@link #rollback}. */
    public Mark begin() {
        recording++;
        return new Mark(undo.size(), digest);
    }

    public void keep() {
        recording--;
        if (recording == 0) {
            undo.clear();
        }
    }

    /** Takes back everything since {@code mark}. */
    public void rollback(Mark mark) {
        for (int i = undo.size() - 1; i >= mark.undoSize; i--) {
            Undo step = undo.remove(i);
            if (step.before == null) {
                forget(step.node);
            } else {
                step.node.restore(step.before);
            }
        }
        digest = mark.digest;
        keep();
    }

    /** Drops what the committed tree now says itself: everything up to {@code zxid} was applied. */
    public void applied(long zxid, boolean nothingInFlight) {
        if (nothingInFlight) {
            clear();
            return;
        }
        PlannedNode oldest = order.peek();
        for (int i = order.size(); i > 0 && oldest != null && oldest.since <= zxid; i--) {
            order.poll();
            if (oldest.zxid > zxid && pending.get(oldest.path) == oldest) {
                oldest.since = oldest.zxid;
                order.add(oldest);
            } else {
                forget(oldest);
            }
            oldest = order.peek();
        }
    }

    private void forget(PlannedNode node) {
        if (pending.remove(node.path, node)) {
            forgetOwner(node);
        }
    }

    private void rememberOwner(PlannedNode node) {
        if (node.present && Owners.isEphemeral(node.owner)) {
            ephemerals
                    .computeIfAbsent(node.owner, session -> new LinkedHashSet<>())
                    .add(node.path);
        }
    }

    private void forgetOwner(PlannedNode node) {
        if (Owners.isEphemeral(node.owner)) {
            Set<String> paths = ephemerals.get(node.owner);
            if (paths != null && paths.remove(node.path) && paths.isEmpty()) {
                ephemerals.remove(node.owner);
            }
        }
    }

    /** Forgets all plans, as when the leader is lost or nothing is in flight. */
    public void clear() {
        pending.clear();
        order.clear();
        ephemerals.clear();
        digest = tree.digest();
    }

    private void change(PlannedNode node, long zxid) {
        boolean known = node.zxid != 0;
        if (recording > 0) {
            undo.add(new Undo(node, known ? node.copy() : null));
        }
        if (!known) {
            pending.put(node.path, node);
            order.add(node);
            node.since = zxid;
        }
        node.zxid = zxid;
    }

    private void redigest(PlannedNode node) {
        int before = node.digest;
        node.digest = digests.of(node);
        digest += DataTree.unsigned(node.digest) - DataTree.unsigned(before);
    }
}
