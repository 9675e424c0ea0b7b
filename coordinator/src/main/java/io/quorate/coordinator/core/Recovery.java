package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.coordinator.tree.Owners;
import io.quorate.coordinator.tree.Znode;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.TxnEntry;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Puts stored state into a core that has not started: first a snapshot, part by part, then the transactions behind it. Used by
 * one thread, then thrown away.
 */
public final class Recovery {

    /** What recovery has to say of the digests it compared. */
    public enum DigestCheck {
        /** Nothing to compare with was found. */
        NONE,
        EQUAL,
        DIFFERENT
    }

    private final Applier applier;
    private final SessionTable sessions;
    private final ContainerKeeper containers;
    private final Writes writes;
    private final Snapshotter snapshotter;
    private final DataTree tree;
    private final JuteReader reader = new JuteReader(Integer.MAX_VALUE);
    private final List<String> ephemerals = new ArrayList<>();

    /** Ephemerals in a snapshot whose session is not: it began while the snapshot was written. */
    private final Long2ObjectHashMap<List<String>> unowned = new Long2ObjectHashMap<>();

    private long lastZxid;
    private DigestCheck digests = DigestCheck.NONE;
    private long pendingDigestZxid = -1;
    private long pendingDigest;

    Recovery(
            Applier applier,
            SessionTable sessions,
            ContainerKeeper containers,
            Writes writes,
            Snapshotter snapshotter) {
        this.applier = applier;
        this.sessions = sessions;
        this.containers = containers;
        this.writes = writes;
        this.snapshotter = snapshotter;
        this.tree = applier.tree();
    }

    /** Forgets everything, before a snapshot is read or after one turned out to be damaged. */
    public void reset() {
        sessions.clear();
        containers.clear();
        ephemerals.clear();
        unowned.clear();
        tree.reset();
        lastZxid = 0;
        digests = DigestCheck.NONE;
        pendingDigestZxid = -1;
    }

    public void session(long id, int timeoutMillis) {
        sessions.create(id, timeoutMillis);
    }

    public void acl(int id, List<Acl> acl) {
        tree.loadAcl(id, acl);
    }

    /** Takes one node; false if its parent was not there before it, or it was. */
    public boolean node(String path, NodeImage image) {
        if (!tree.load(path, image)) {
            return false;
        }
        if (Owners.isEphemeral(image.owner())) {
            ephemerals.add(path);
            if (sessions.get(image.owner()) == null) {
                unowned.computeIfAbsent(image.owner(), owner -> new ArrayList<>())
                        .add(path);
            }
        }
        applier.own(path, image.owner());
        return true;
    }

    /**
     * The snapshot was read whole.
     *
     * @param zxid the state it holds
     * @param digestZxid where its digest belongs, −1 if it has none
     */
    public void snapshotLoaded(long zxid, long digestZxid, long digest) {
        tree.loaded();
        lastZxid = zxid;
        if (digestZxid == zxid) {
            compare(digest);
        } else if (digestZxid > zxid) {
            pendingDigestZxid = digestZxid;
            pendingDigest = digest;
        }
    }

    /** Replays one transaction as the log holds it: header, record, and a digest if there is one. */
    public void replay(DirectBuffer entry, int offset, int length) {
        replay(TxnEntry.read(reader.wrap(entry, offset, length)));
        snapshotter.count(length);
    }

    /** Replays one transaction. */
    public void replay(TxnEntry entry) {
        long zxid = entry.header().zxid();
        Outcome ignored = applier.apply(entry.header(), entry.txn());
        assert ignored != null;
        if (entry.txn() instanceof CreateSessionTxn) {
            adopt(entry.header().clientId());
        }
        lastZxid = Math.max(lastZxid, zxid);
        if (pendingDigestZxid >= zxid) {
            if (pendingDigestZxid == zxid) {
                compare(pendingDigest);
            }
        } else if (entry.digest() != null) {
            compare(entry.digest().treeDigest());
        }
    }

    private void adopt(long session) {
        List<String> paths = unowned.remove(session);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            Znode node = tree.get(path);
            if (node != null && node.owner() == session) {
                applier.own(path, session);
            }
        }
    }

    private void compare(long expected) {
        if (!tree.isDigestEnabled()) {
            return;
        }
        boolean equal = expected == tree.digest();
        if (digests != DigestCheck.DIFFERENT) {
            digests = equal ? DigestCheck.EQUAL : DigestCheck.DIFFERENT;
        }
    }

    /** Everything was replayed. Returns what the digests said. */
    public DigestCheck finish() {
        applier.dropOrphans(ephemerals);
        writes.recovered(lastZxid);
        return digests;
    }

    /** The last transaction that was recovered. */
    public long lastZxid() {
        return lastZxid;
    }

    public int nodeCount() {
        return tree.nodeCount();
    }

    public int sessionCount() {
        return sessions.size();
    }

    /** Nodes that a session owns. */
    public long ephemeralCount() {
        return sessions.ephemeralCount();
    }

    public long digest() {
        return tree.digest();
    }

    /** Writes the recovered state out as a snapshot, all at once. */
    public void writeSnapshot() {
        snapshotter.begin(lastZxid);
        while (snapshotter.isWalking()) {
            snapshotter.advance();
        }
    }
}
